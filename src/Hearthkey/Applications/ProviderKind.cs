using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>A kind of provider; the area that owns it registers one by <see cref="ApplicationsArea.AddProviderKind"/>.</summary>
/// <param name="Model">Model name, such as <c>authentik_providers_oauth2.oauth2provider</c>.</param>
/// <param name="Component">Name of the form in authentik's interface.</param>
/// <param name="Description">One sentence for whoever chooses a kind.</param>
/// <param name="LaunchUrl">Where an application leads that has this provider and no launch URL of its own; null for nowhere.</param>
public sealed record ProviderKind(
    string Model, string Component, string VerboseName, string VerboseNamePlural, string Description, Func<Snapshot, long, string?> LaunchUrl)
{
    /// <summary>Removes what does not go with the rows of a provider by itself, before they go.</summary>
    public Func<Db, long, ValueTask> RemoveAsync { get; init; } = (_, _) => ValueTask.CompletedTask;
}
