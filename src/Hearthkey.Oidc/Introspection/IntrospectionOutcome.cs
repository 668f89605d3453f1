namespace Hearthkey.Oidc.Introspection;

/// <summary>The answer of the introspection endpoint: one of the two nested records. Both are sent with <c>Cache-Control: no-store</c>.</summary>
/// <param name="Client">The client that asked, as soon as it was known; for events.</param>
public abstract record IntrospectionOutcome(Client? Client)
{
    /// <summary>Status 200.</summary>
    /// <param name="Json">The body, as UTF-8 JSON.</param>
    public sealed record Answered(Client Client, ReadOnlyMemory<byte> Json) : IntrospectionOutcome(Client);

    /// <summary>Status, body and challenge are the error's.</summary>
    public sealed record Refused(Client? Client, OAuthError Error) : IntrospectionOutcome(Client);
}
