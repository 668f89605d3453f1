using System.Net;

namespace Hearthkey.Outpost;

/// <summary>One observation for the operator: what came, what was expected, what to change. Plain English, one sentence each.</summary>
/// <param name="Finding">What was noticed.</param>
/// <param name="Provider">The provider concerned, where one could be told.</param>
/// <param name="Status">Status of the answer that was given; 0 where the answer was not affected.</param>
/// <param name="Came">What the proxy or browser sent, shortened to 500 characters; never a cookie, code or token.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Change">What to do about it, with the directive to write where there is one.</param>
/// <param name="Peer">Address of the connection's other end.</param>
public sealed record OutpostReport(
    OutpostFinding Finding, ProxyProvider? Provider, int Status, string Came, string Expected, string Change, IPAddress? Peer)
{
    /// <summary>The address that was asked for, as far as it was told; shortened.</summary>
    public string Url { get; init; } = "";

    /// <summary>The reverse proxy that asked, by the name people know; blank where a browser did.</summary>
    public string Proxy { get; init; } = "";

    /// <summary>What the page calls this occurrence, for whoever asks an operator about it.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Names of the headers that came, without their values.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>True for everything that an operator should act upon.</summary>
    public bool IsProblem => Finding != OutpostFinding.CheckArrived;
}
