namespace Hearthkey.Outpost.Checks;

/// <summary>What to write into one proxy so that a mistake goes away: whole sentences, with the directive.</summary>
/// <param name="Proxy">Its name as people know it.</param>
/// <param name="Url">Where the address that was asked for does not arrive, or not in one piece.</param>
/// <param name="Hosts">Where two hosts are named.</param>
/// <param name="Port">Where the port is lost.</param>
/// <param name="LoginHost">Where the login is protected by itself.</param>
/// <param name="Return">Where a login is started with an address that cannot be returned to; null where the proxy starts none.</param>
/// <param name="Cookie">Where the check comes without the browser's cookies.</param>
internal sealed record Advice(string Proxy, string Url, string Hosts, string Port, string LoginHost, string? Return, string Cookie)
{
    /// <summary>Where the method of the original request does not arrive.</summary>
    public required string Method { get; init; }
}
