using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hearthkey.E2E.Support;

/// <summary>An outgoing proxy (CONNECT and absolute form) that finds the test's names, for programs that can only ask the system's resolver.</summary>
public sealed class ForwardProxy : IAsyncDisposable
{
    private const int HeadLimit = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly HostMap _hosts;
    private readonly Task _loop;

    public ForwardProxy(HostMap hosts)
    {
        _hosts = hosts;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _loop;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the listener was stopped
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        try
        {
            await using var client = new NetworkStream(accepted, ownsSocket: true);
            var head = await ReadHeadAsync(client);
            var line = head[..head.IndexOf("\r\n", StringComparison.Ordinal)].Split(' ');
            var tunnel = line[0] == "CONNECT";
            var target = new Uri(tunnel ? $"https://{line[1]}" : line[1]);
            await using var upstream = new NetworkStream(await _hosts.ConnectAsync(target.Host, target.Port, _end.Token), ownsSocket: true);
            if (tunnel) await client.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _end.Token);
            else await upstream.WriteAsync(Encoding.Latin1.GetBytes(head.Replace(line[1], target.PathAndQuery, StringComparison.Ordinal)), _end.Token);
            await Task.WhenAny(client.CopyToAsync(upstream, _end.Token), upstream.CopyToAsync(client, _end.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or UriFormatException)
        {
            accepted.Dispose();
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream client)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < HeadLimit && await client.ReadAsync(one, _end.Token) == 1)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length > 3 && head.ToString(head.Length - 4, 4) == "\r\n\r\n") return head.ToString();
        }

        throw new IOException("No request head.");
    }
}
