namespace Hearthkey.Connectors;

/// <summary>A host that the labels of a container name.</summary>
/// <param name="Origin">Scheme and host, normalised.</param>
/// <param name="Name">What people call the app.</param>
/// <param name="IsEnabled">The container says <c>hearthkey.enable=true</c>: it wants to be protected.</param>
/// <param name="Allow">Names of the groups that may open it; none: everybody.</param>
/// <param name="SkipPaths">Paths that need no login, one regular expression a line.</param>
public sealed record LabelledHost(string Origin, string Name, bool IsEnabled, IReadOnlyList<string> Allow, string SkipPaths);
