namespace Hearthkey.Flows;

/// <summary>What a page shows of the flow around the challenge (<c>flow_info</c> on the wire).</summary>
/// <param name="CancelUrl">Starts the flow anew.</param>
public sealed record ContextualFlow(string Title, string Background, string CancelUrl, string Layout);
