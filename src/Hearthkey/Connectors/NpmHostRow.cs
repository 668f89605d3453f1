using System.Globalization;
using Hearthkey.ForwardAuth;

namespace Hearthkey.Connectors;

/// <summary>A proxy host of Nginx Proxy Manager, for a list to choose from.</summary>
/// <param name="Id">Its number there.</param>
/// <param name="Origins">Its addresses, as people type them.</param>
/// <param name="Target">Where it leads to.</param>
/// <param name="Seen">A print of what it was when it was listed: it must be the same when it is written.</param>
/// <param name="Obstacle">Why it cannot be protected from here, and what to change; null where it can.</param>
/// <param name="IsProtected">Our text stands in it.</param>
/// <param name="Probes">What its addresses answer to somebody from outside.</param>
public sealed record NpmHostRow(
    long Id, IReadOnlyList<string> Origins, string Target, string Seen, string? Obstacle, bool IsProtected, IReadOnlyList<HostProbe> Probes)
{
    /// <summary>Our text there is not what it has to be now: what the application is told was changed, or this server has a better one.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>The number as text.</summary>
    public string Key => Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The proxy hosts, or why there is no list.</summary>
/// <param name="Problem">A sentence; null where all went well.</param>
/// <param name="NeedsLogin">The login has run out or was refused: it has to be entered again.</param>
public sealed record NpmHostList(IReadOnlyList<NpmHostRow> Hosts, string? Problem = null, bool NeedsLogin = false);

/// <summary>What became of one proxy host.</summary>
/// <param name="Names">Its names.</param>
/// <param name="Problem">Why nothing was changed, or what is different from what was asked; null where all went well.</param>
public sealed record NpmResult(string Names, string? Problem);
