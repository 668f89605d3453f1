using System.Net;

namespace Hearthkey.Hosting;

/// <summary>An address and port to listen on.</summary>
/// <param name="Address">The interface, or null for all of IPv4 and IPv6.</param>
/// <param name="Port">1 to 65535, or 0 for any free one (tests).</param>
/// <param name="IsAsked">Named by the operator: then a taken port is an error, otherwise a warning.</param>
public sealed record ListenAddress(IPAddress? Address, int Port, bool IsAsked)
{
    /// <summary>Reads <c>host:port</c>, <c>[ipv6]:port</c>, <c>:port</c> or <c>port</c>; null where it is none of them.</summary>
    public static ListenAddress? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon].Trim('[', ']');
        if (!ushort.TryParse(text[(colon + 1)..], out var port)) return null;
        if (host is "" or "::" or "0.0.0.0" or "*") return new(null, port, true);
        if (host == "localhost") return new(IPAddress.Loopback, port, true);
        return IPAddress.TryParse(host, out var address) ? new(address, port, true) : null;
    }

    public override string ToString() => $"{(Address is null ? "*" : Address.ToString())}:{Port}";
}
