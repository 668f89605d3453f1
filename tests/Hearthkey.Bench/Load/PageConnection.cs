using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearthkey.Bench.Hosts;

namespace Hearthkey.Bench.Load;

/// <summary>One connection that stays open, as a browser's to a proxy. A wrong answer is counted; a broken connection is thrown.</summary>
internal sealed class PageConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _out = new byte[4096];
    private readonly byte[] _in = new byte[16384];

    public PageConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    public long Errors { get; private set; }

    public string? FirstError { get; private set; }

    public async Task AskAsync(CheckSite site, int session, bool isNamed)
    {
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            GET /library/items?page=3&sort=added HTTP/1.1
            Host: {site.Host}
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate, br, zstd
            Sec-Fetch-Mode: navigate
            Sec-Fetch-Dest: document
            Cookie: theme=dark; {site.CookieName}={HostPlan.Cookie(session)}


            """);
        var length = Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n"), _out);
        await _socket.SendAsync(_out.AsMemory(0, length));
        var (got, end) = await HeadAsync();
        var head = Encoding.Latin1.GetString(_in, 0, end + 2);
        for (var left = BodyLength(head) - (got - end - 4); left > 0;) left -= await ReceiveAsync(_in.AsMemory(0, Math.Min(left, _in.Length)));
        if (head.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)
            && (!isNamed || head.Contains($"X-Seen: {HostPlan.Username(HostPlan.PersonOf(session))}\r\n", StringComparison.Ordinal)))
            return;
        Errors++;
        FirstError ??= head[..Math.Min(head.Length, 400)];
    }

    public void Dispose() => _socket.Dispose();

    private async Task<(int Got, int End)> HeadAsync()
    {
        var got = 0;
        while (true)
        {
            got += await ReceiveAsync(_in.AsMemory(got));
            if (_in.AsSpan(0, got).IndexOf("\r\n\r\n"u8) is >= 0 and var end) return (got, end);
        }
    }

    private async Task<int> ReceiveAsync(Memory<byte> into) =>
        await _socket.ReceiveAsync(into) is > 0 and var read ? read : throw new IOException("The server closed the connection.");

    private static int BodyLength(string head)
    {
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) throw new IOException($"An answer of unknown length: {head}");
        return int.Parse(head.AsSpan(at + 16, head.IndexOf('\r', at) - at - 16), CultureInfo.InvariantCulture);
    }
}
