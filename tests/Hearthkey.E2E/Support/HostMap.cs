using System.Net.Sockets;

namespace Hearthkey.E2E.Support;

/// <summary>
/// Names that stand for this machine, without an entry in /etc/hosts: for the browser, for .NET and for node.
/// A rule may also move a port, so that a public address on port 443 leads to an ordinary port.
/// </summary>
public sealed class HostMap
{
    private readonly List<HostRule> _rules = [new("*.test", null, null)];

    public IReadOnlyList<HostRule> Rules => _rules;

    /// <summary>Leads <paramref name="host"/> (on <paramref name="port"/>, or on every port) to this port of this machine.</summary>
    public HostMap Lead(string host, int? port, int to)
    {
        _rules.Insert(0, new HostRule(host, port, to));
        return this;
    }

    public (string Host, int Port) Find(string host, int port) =>
        _rules.FirstOrDefault(rule => rule.Covers(host, port)) is { } rule ? ("127.0.0.1", rule.To ?? port) : (host, port);

    /// <summary>The browser's form of these rules.</summary>
    public string ToResolverRules() => string.Join(", ", _rules.Select(rule =>
        $"MAP {rule.Host}{(rule.Port is { } port ? $":{port}" : "")} 127.0.0.1{(rule.To is { } to ? $":{to}" : "")}"));

    /// <summary>A client that finds these names and takes every certificate. Redirects and cookies are left to the test unless asked for.</summary>
    public HttpClient CreateClient(bool followRedirects = false, bool keepCookies = false)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = followRedirects,
            UseCookies = keepCookies,
            UseProxy = false,
            ConnectCallback = async (context, ct) => new NetworkStream(await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct), ownsSocket: true),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler);
    }

    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken ct)
    {
        var (toHost, toPort) = Find(host, port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(toHost, toPort, ct);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
