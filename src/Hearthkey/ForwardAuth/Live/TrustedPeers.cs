using System.Net;
using Hearthkey.Hosting;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>Who may name the URL that was asked. Checks come from the same few proxies, so the last answer is kept.</summary>
internal sealed class TrustedPeers(Settings settings)
{
    private volatile Known? _last;

    public bool Contains(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return false;
        if (_last is { } last && last.Address.Equals(address)) return last.IsTrusted;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var known = new Known(address, settings.TrustedProxies.Any(network => network.Contains(plain)));
        _last = known;
        return known.IsTrusted;
    }

    private sealed record Known(IPAddress Address, bool IsTrusted);
}
