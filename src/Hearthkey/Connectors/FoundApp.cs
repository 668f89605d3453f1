using Hearthkey.ForwardAuth;

namespace Hearthkey.Connectors;

/// <summary>An app that a container names, and how it stands.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Host">What its labels say.</param>
/// <param name="State">How it stands.</param>
/// <param name="Sentence">What that means, and what to do; blank where the state says it all.</param>
/// <param name="Provider">What protects it; null where nothing does.</param>
public sealed record FoundApp(string Container, LabelledHost Host, FoundState State, string Sentence, ProtectedHost? Provider);

/// <summary>How an app that was found stands.</summary>
public enum FoundState
{
    /// <summary>It can be protected.</summary>
    Free,

    /// <summary>It is protected by what was made for its labels.</summary>
    Ours,

    /// <summary>Somebody protects it otherwise: labels change nothing there.</summary>
    Others,

    /// <summary>It cannot be protected as its labels say.</summary>
    Refused,

    /// <summary>Its container is no longer there; the app stays.</summary>
    Gone,
}

/// <summary>What runs in the house.</summary>
/// <param name="IsOn">The socket is named.</param>
/// <param name="Problem">Why there is no list; null where all went well.</param>
public sealed record FoundApps(bool IsOn, IReadOnlyList<FoundApp> Apps, string? Problem = null);
