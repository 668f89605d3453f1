namespace Hearthkey.ForwardAuth;

/// <summary>What a protected host answers to somebody from outside who has no session, in words for an admin page.</summary>
/// <param name="Origin">Scheme and host, as a browser asks.</param>
/// <param name="State">How it stands.</param>
/// <param name="At">When it was asked; null as long as it was not.</param>
/// <param name="Came">What answered, one line for each path that was asked; or why nothing did.</param>
/// <param name="Change">What to do about it; blank where nothing is to be done.</param>
/// <param name="Note">Something beside the matter, such as a certificate that is not trusted here; blank where there is none.</param>
public sealed record HostProbe(string Origin, ProbeState State, DateTimeOffset? At, IReadOnlyList<string> Came, string Change, string Note);

/// <summary>How a protected host stands, seen from outside.</summary>
public enum ProbeState
{
    /// <summary>It was not asked yet.</summary>
    Waiting,

    /// <summary>It refuses, or leads to the login.</summary>
    Protected,

    /// <summary>Something was handed out that needs a login.</summary>
    Open,

    /// <summary>It cannot be reached from here: nothing is known.</summary>
    Unreachable,

    /// <summary>Every path that would be asked is open on purpose.</summary>
    Exempt,

    /// <summary>Something else answered, such as an error or another page's redirect: nothing is proved.</summary>
    Unclear,
}
