using System.Net;
using System.Net.Sockets;
using Hearthkey.Hosting;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>
/// Connects to a host. One that an admin typed may stand anywhere. The name of one that was only seen in a check may be a stranger's choice, so
/// it is asked where the proxy itself is, or at public addresses, never at another machine of the house (DESIGN 6.10).
/// </summary>
internal static class ProbeConnection
{
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint where, Uri? proxy, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(where.Host, ct);
        if (proxy is not null)
        {
            var ours = (await Dns.GetHostAddressesAsync(proxy.IdnHost, ct)).Select(Plain).ToHashSet();
            addresses = [.. addresses.Where(a => ours.Contains(Plain(a)) || PublicAddresses.Contain(a))];
            if (addresses.Length == 0) throw new ElsewhereException(where.Host);
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, where.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

/// <summary>The name of a host leads to a machine that it may not be asked on; the message is the name.</summary>
internal sealed class ElsewhereException(string host) : IOException(host);
