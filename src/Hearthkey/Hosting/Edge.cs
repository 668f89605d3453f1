using System.Net;

namespace Hearthkey.Hosting;

/// <summary>What is believed about where a request came from; made once a request, on first use.</summary>
public sealed class Edge
{
    /// <summary>The address that connected to us.</summary>
    public required IPAddress Peer { get; init; }

    /// <summary>The peer stands in a trusted network: its forwarded headers count.</summary>
    public required bool IsPeerTrusted { get; init; }

    /// <summary>The client's address: the rightmost hop that is not trusted.</summary>
    public required IPAddress Client { get; init; }

    /// <summary>
    /// False where a forwarded address was unreadable, or told by a proxy that no setting names (one on this machine excepted): then
    /// <see cref="Client"/> satisfies no rule that allows.
    /// </summary>
    public required bool IsClientCertain { get; init; }

    /// <summary>The origin by which we were reached: ours where the host is known, otherwise what the request says.</summary>
    public required Origin Origin { get; init; }

    /// <summary>The host is one of ours.</summary>
    public required bool IsOurs { get; init; }

    /// <summary>Who told the client's address, where that is somebody else: for events, which name both.</summary>
    public string? Reporter => Peer.Equals(Client) ? null : Peer.ToString();

    internal static Edge Of(HttpContext context)
    {
        var settings = context.RequestServices.GetRequiredService<Settings>();
        var origins = context.RequestServices.GetRequiredService<Origins>();
        var peer = Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);
        var trusted = IsTrusted(settings, peer);
        var (client, certain) = ClientOf(context, settings);
        var authority = context.Request.Host.Value ?? "";
        var ours = origins.Find(authority);
        var scheme = trusted && SaysHttps(context.Request.Headers) ? "https" : context.Request.Scheme;
        return new Edge
        {
            Peer = peer,
            IsPeerTrusted = trusted,
            Client = client,
            IsClientCertain = certain,
            Origin = ours ?? new Origin(scheme, authority.ToLowerInvariant()),
            IsOurs = ours is not null,
        };
    }

    /// <summary><see cref="Client"/> and <see cref="IsClientCertain"/> alone, for requests of which nothing else is asked: those to applications.</summary>
    internal static (IPAddress Client, bool IsCertain) ClientOf(HttpContext context, Settings settings)
    {
        var peer = Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);
        return IsTrusted(settings, peer) ? ClientBehind(settings, peer, context.Request.Headers["X-Forwarded-For"].ToString()) : (peer, true);
    }

    // behind a tunnel the proxy in the house is spoken to over http and says so; only the tunnel's own header tells what the browser sees
    private static bool SaysHttps(IHeaderDictionary headers) =>
        headers["X-Forwarded-Proto"].ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase)
        || headers["CF-Visitor"].ToString().Contains("\"scheme\":\"https\"", StringComparison.Ordinal);

    private static bool IsTrusted(Settings settings, IPAddress address)
    {
        foreach (var network in settings.TrustedProxies)
            if (network.Contains(address)) return true;
        return false;
    }

    private static (IPAddress Client, bool Certain) ClientBehind(Settings settings, IPAddress peer, string forwarded)
    {
        var (client, certain) = (peer, forwarded.Length <= 2048);
        var hops = forwarded.Length > 2048 ? [] : forwarded.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!IPEndPoint.TryParse(hops[i], out var hop)) return (client, false);
            // each address is known from the one before it only
            certain = certain && (settings.AreProxiesPinned || IPAddress.IsLoopback(client));
            client = Plain(hop.Address);
            if (!IsTrusted(settings, client)) break;
        }
        return (client, certain);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
