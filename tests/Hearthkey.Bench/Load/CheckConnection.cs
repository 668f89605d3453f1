using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearthkey.Bench.Hosts;

namespace Hearthkey.Bench.Load;

/// <summary>One connection that stays open. A wrong answer is counted; a broken connection is an error of the bench and thrown.</summary>
internal sealed class CheckConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _out = new byte[4096];
    private readonly byte[] _in = new byte[16384];

    public CheckConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    public long Errors { get; private set; }

    public string? FirstError { get; private set; }

    /// <summary>Asks as nginx does for a browser: its headers, <c>X-Original-URL</c>, one cookie of the application and ours.</summary>
    public async Task AskAsync(CheckSite site, string path, int session, bool isNamed)
    {
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            GET {path} HTTP/1.1
            Host: {site.Host}
            X-Original-URL: https://{site.Host}/library/items?page=3&sort=added
            X-Real-IP: 192.168.1.23
            X-Forwarded-For: 192.168.1.23
            X-Forwarded-Proto: https
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate, br, zstd
            Cookie: theme=dark; {site.CookieName}={HostPlan.Cookie(session)}


            """);
        var length = Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n"), _out);
        await _socket.SendAsync(_out.AsMemory(0, length));
        var got = 0;
        int end;
        while ((end = _in.AsSpan(0, got).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await _socket.ReceiveAsync(_in.AsMemory(got));
            if (read == 0) throw new IOException($"The server closed the connection after {Encoding.Latin1.GetString(_in, 0, got)}");
            got += read;
        }
        if (IsGood(_in.AsSpan(0, end + 2), session, isNamed) && end + 4 == got) return;
        Errors++;
        FirstError ??= Encoding.Latin1.GetString(_in, 0, Math.Min(got, 400));
        await DrainAsync(end + 4, got);
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsGood(ReadOnlySpan<byte> answer, int session, bool isNamed)
    {
        if (!answer.StartsWith("HTTP/1.1 200 "u8)) return false;
        if (!isNamed) return answer.IndexOf("X-authentik-username: "u8) > 0;
        var expected = Encoding.ASCII.GetBytes($"X-authentik-username: {HostPlan.Username(HostPlan.PersonOf(session))}\r\n");
        return answer.IndexOf(expected) > 0;
    }

    // the body of a wrong answer must not be taken for the next answer
    private async Task DrainAsync(int have, int got)
    {
        var text = Encoding.Latin1.GetString(_in, 0, have);
        var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) throw new IOException($"An answer of unknown length: {text}");
        var left = int.Parse(text.AsSpan(at + 16, text.IndexOf('\r', at) - at - 16), CultureInfo.InvariantCulture) - (got - have);
        while (left > 0) left -= await _socket.ReceiveAsync(_in.AsMemory(0, Math.Min(left, _in.Length)));
    }
}
