using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>A server, two applications that know nothing of us (wiki and files), a real proxy before them, and a browser.</summary>
internal sealed class ProxyLab : IAsyncDisposable
{
    private readonly ForwardAuthSite _site;
    private readonly EchoApp[] _apps;
    private readonly ReverseProxy _proxy;
    private readonly HttpClient _http;
    private readonly Dictionary<(string Host, string Name), string> _cookies = [];
    private string? _session;

    private ProxyLab(ForwardAuthSite site, EchoApp[] apps, ReverseProxy proxy)
    {
        (_site, _apps, _proxy) = (site, apps, proxy);
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };
    }

    public ForwardAuthSite Site => _site;

    public int Port => _proxy.Port;

    public string Wiki => $"wiki.home.test:{Port}";

    public string Files => $"files.home.test:{Port}";

    /// <param name="proxy">See <see cref="ReverseProxy.StartAsync"/>; <c>nginx-short</c> is nginx with the short text.</param>
    public static async Task<ProxyLab> StartAsync(string proxy)
    {
        var site = await ForwardAuthSite.StartAsync();
        EchoApp[] apps = [await EchoApp.StartAsync("wiki"), await EchoApp.StartAsync("files")];
        var port = ReverseProxy.FreePort();
        var texts = new List<(string, ProxyText)>();
        foreach (var app in apps)
        {
            var made = await site.ProtectAsync(app.Name, $"http://{app.Name}.home.test:{port}", body => body["skip_path_regex"] = "^/health");
            var provider = new ProxyProvider { Name = app.Name, ExternalHost = $"http://{app.Name}.home.test:{port}", AssignedApplicationSlug = app.Name, Pk = made.Pk };
            var server = site.Server.Address.ToString();
            texts.Add((app.Name + ".home.test", proxy == "nginx-short"
                ? new ProxyText(proxy, "nginx", "", ProxyTexts.NginxShort(provider, server, app.Url), null)
                : ProxyTexts.All(provider, server, app.Url).Single(t => t.Key == proxy)));
        }
        return new(site, apps, await ReverseProxy.StartAsync(proxy == "nginx-short" ? "nginx" : proxy, port, [.. texts]));
    }

    /// <summary>Signs a person in at the server; the next page that is opened leads through the login.</summary>
    public async Task SignInAsync(string username = "mara") => _session = await _site.Server.SignInAsync(await _site.Server.AddUserAsync(username));

    /// <summary>Opens a page as a browser does, through whatever redirects, and returns what the application says.</summary>
    public async Task<string> OpenAsync(string host, string path, params string[] headers)
    {
        var url = new Uri($"http://{host}{path}");
        for (var hop = 0; hop < 8; hop++)
        {
            using var response = url.Authority != Wiki && url.Authority != Files
                ? await _site.Server.SendAsync(HttpMethod.Get, url.PathAndQuery, cookie: _session)
                : await SendAsync(HttpMethod.Get, url.Authority, url.PathAndQuery, null, headers);
            if (response.StatusCode != HttpStatusCode.Redirect)
            {
                var text = await response.Content.ReadAsStringAsync(ProviderSite.Ct);
                response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
                return text;
            }
            url = new Uri(url, response.Headers.Location!);
        }
        throw new InvalidOperationException("the login goes round");
    }

    public string Cookie(string host) => string.Join("; ", _cookies.Where(c => c.Key.Host == host).Select(c => $"{c.Key.Name}={c.Value}"));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string host, string path, HttpContent? content = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = host;
        if (Cookie(host) is { Length: > 0 } cookie) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var header in headers)
        {
            var parts = header.Split(": ", 2);
            request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }
        var response = await _http.SendAsync(request, ProviderSite.Ct);
        foreach (var line in response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (line.Contains("Max-Age=0", StringComparison.Ordinal)) _cookies.Remove((host, pair[0]));
            else _cookies[(host, pair[0])] = pair[1];
        }
        return response;
    }

    /// <summary>Bytes as they are; the whole answer.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, ProviderSite.Ct);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), ProviderSite.Ct);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(ProviderSite.Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _proxy.DisposeAsync();
        foreach (var app in _apps) await app.DisposeAsync();
        await _site.DisposeAsync();
    }
}
