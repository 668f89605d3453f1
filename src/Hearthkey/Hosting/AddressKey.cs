using System.Net;
using System.Net.Sockets;

namespace Hearthkey.Hosting;

/// <summary>What counts as one address: an IPv4 address, or the /64 of an IPv6 one, which one household gets whole (RFC 6177).</summary>
public static class AddressKey
{
    public static string Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8))
            : plain.ToString();
    }

    /// <summary>The same of an address as text; blank for none.</summary>
    public static string Of(string? address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed) : "";
}
