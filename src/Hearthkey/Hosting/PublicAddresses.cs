using System.Net;

namespace Hearthkey.Hosting;

/// <summary>Addresses of the Internet: where a request may go whose target a stranger chose (DESIGN 6.10).</summary>
public static class PublicAddresses
{
    /// <summary>Beside the private ranges: this host, shared, link-local, benchmark, multicast, reserved, and IPv6 in which IPv4 addresses hide (RFC 6890).</summary>
    private static readonly IPNetwork[] _others =
    [
        .. "0.0.0.0/8 100.64.0.0/10 169.254.0.0/16 192.0.0.0/24 198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 ::/128 64:ff9b::/96 2002::/16 2001::/32 ff00::/8"
            .Split(' ').Select(IPNetwork.Parse),
    ];

    /// <summary>False for an address in a private or special range.</summary>
    public static bool Contain(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Settings.DefaultTrustedProxies.Concat(_others).Any(network => network.Contains(plain));
    }
}
