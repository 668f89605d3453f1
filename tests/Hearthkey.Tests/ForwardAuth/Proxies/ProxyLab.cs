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
    private readonly IAsyncDisposable _proxy;
    private readonly HttpClient _http;
    private readonly Dictionary<(string Host, string Name), string> _cookies = [];
    private string? _session;
    private bool _isServerGone;

    private ProxyLab(ForwardAuthSite site, EchoApp[] apps, IAsyncDisposable proxy, int port, ProtectedApp wikiApp)
    {
        (_site, _apps, _proxy, Port, WikiApp) = (site, apps, proxy, port, wikiApp);
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public ForwardAuthSite Site => _site;

    public int Port { get; }

    /// <summary>The wiki; of whole domains, the first.</summary>
    public ProtectedApp WikiApp { get; }

    public string Wiki => $"wiki.home.test:{Port}";

    public string Files => $"files.home.test:{Port}";

    /// <summary>The files, without protection.</summary>
    public string Free => $"free.home.test:{Port}";

    public string Notes => $"notes.other.test:{Port}";

    /// <summary>A provider for each of the two applications.</summary>
    /// <param name="proxy">See <see cref="ReverseProxy.StartAsync"/> and <see cref="TextProxy.Speaks"/>; <c>nginx-short</c> is nginx with the short text.</param>
    /// <param name="change">Changes a text after it was filled in, to wire it wrongly.</param>
    /// <param name="tellsMore">The applications are told by <c>Remote-User</c> and its kin too, and get a Basic login from attributes <c>name</c> and <c>word</c>.</param>
    public static async Task<ProxyLab> StartAsync(string proxy, Func<string, string>? change = null, bool tellsMore = false)
    {
        var site = await ForwardAuthSite.StartAsync();
        var port = ReverseProxy.FreePort();
        EchoApp[] apps = [await EchoApp.StartAsync("wiki"), await EchoApp.StartAsync("files")];
        var texts = new List<(string, ProxyText)>();
        var protectedApps = new List<ProtectedApp>();
        foreach (var app in apps)
        {
            var external = $"http://{app.Name}.home.test:{port}";
            var made = await site.ProtectAsync(app.Name, external, body =>
            {
                body["skip_path_regex"] = "^/health";
                if (tellsMore) (body["identity_headers"], body["basic_auth_enabled"], body["basic_auth_user_attribute"], body["basic_auth_password_attribute"]) = ("remote_user", true, "name", "word");
            });
            protectedApps.Add(made);
            var provider = new ProxyProvider { Name = app.Name, ExternalHost = external, Pk = made.Pk, IdentityHeaders = tellsMore ? "remote_user" : null, BasicAuthEnabled = tellsMore };
            texts.Add((app.Name + ".home.test", TextOf(proxy, site, app, provider, change)));
        }
        // beside them stands one that nobody protects: it shows which path this proxy makes of a request
        texts.Add(("free.home.test", ProxyFiles.Unprotected(proxy, port, "free.home.test", apps[1].Url)));
        return new(site, apps, await ProxyAsync(proxy == "nginx-short" ? "nginx" : proxy, port, [.. texts]), port, protectedApps[0]);
    }

    /// <summary>A provider for each of two root domains: wiki and files are under one, notes under the other.</summary>
    public static async Task<ProxyLab> StartDomainsAsync(string proxy)
    {
        var site = await ForwardAuthSite.StartAsync();
        var port = ReverseProxy.FreePort();
        EchoApp[] apps = [await EchoApp.StartAsync("wiki"), await EchoApp.StartAsync("files"), await EchoApp.StartAsync("notes")];
        var texts = new List<(string, ProxyText)>();
        var protectedApps = new List<ProtectedApp>();
        foreach (var domain in new[] { "home.test", "other.test" })
        {
            var made = await site.ProtectAsync(domain.Split('.')[0], $"http://auth.{domain}:{port}", body => (body["mode"], body["cookie_domain"]) = ("forward_domain", domain));
            protectedApps.Add(made);
            var provider = new ProxyProvider
            {
                Name = domain,
                ExternalHost = $"http://auth.{domain}:{port}",
                Mode = ProxyProviders.Domain,
                CookieDomain = domain,
                Pk = made.Pk,
            };
            // logins end on the provider's external host, which is the server's own
            texts.Add(("auth." + domain, ProxyFiles.Unprotected(proxy, port, "auth." + domain, site.Server.Address.GetLeftPart(UriPartial.Authority))));
            foreach (var app in apps.Where(a => (a.Name == "notes") == (domain == "other.test")))
                texts.Add(($"{app.Name}.{domain}", TextOf(proxy, site, app, provider, text => text.Replace("app." + domain, $"{app.Name}.{domain}", StringComparison.Ordinal))));
        }
        return new(site, apps, await ProxyAsync(proxy, port, [.. texts]), port, protectedApps[0]);
    }

    private static async Task<IAsyncDisposable> ProxyAsync(string proxy, int port, (string, ProxyText)[] texts) =>
        TextProxy.Speaks(proxy) ? await TextProxy.StartAsync(proxy, port, texts) : await ReverseProxy.StartAsync(proxy, port, texts);

    private static ProxyText TextOf(string proxy, ForwardAuthSite site, EchoApp app, ProxyProvider provider, Func<string, string>? change)
    {
        var server = site.Server.Address.ToString();
        var filled = provider with { AssignedApplicationSlug = app.Name };
        var text = proxy == "nginx-short"
            ? new ProxyText(proxy, "nginx", "", ProxyTexts.NginxShort(filled, server, app.Url), null)
            : ProxyTexts.All(filled, server, app.Url).Single(t => t.Key == proxy);
        if (proxy == "npm") text = text with { Text = ProxyFiles.Npm(app.Url, text.Text) };
        return change is null ? text : text with { Text = change(text.Text), Companion = text.Companion is { } file ? (file.Name, change(file.Text)) : null };
    }

    /// <summary>Signs a person in at the server; the next page that is opened leads through the login.</summary>
    public async Task SignInAsync(string username = "mara", string attributes = "{}") =>
        _session = await _site.Server.SignInAsync(await _site.Server.AddUserAsync(username, attributes: attributes));

    public Task EndSignInAsync() => _site.Server.SignOutAsync(_session!);

    /// <summary>Opens a page as a browser does, through whatever redirects, and returns what the application says.</summary>
    public async Task<string> OpenAsync(string host, string path, params string[] headers)
    {
        var (status, _, text) = await VisitAsync(host, path, headers);
        status.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    /// <summary>The server is gone; proxy and applications stay.</summary>
    public async Task StopServerAsync()
    {
        await _site.DisposeAsync();
        _isServerGone = true;
    }

    /// <summary>Goes to an address as a browser does, until it is led no further: where that is, and what stands there.</summary>
    public async Task<(HttpStatusCode Status, Uri Url, string Text)> VisitAsync(string host, string path, params string[] headers)
    {
        var url = new Uri($"http://{host}{path}");
        for (var hop = 0; hop < 8; hop++)
        {
            using var response = url.Authority != Wiki && url.Authority != Files && url.Authority != Notes && !url.Host.StartsWith("auth.", StringComparison.Ordinal)
                ? await _site.Server.SendAsync(HttpMethod.Get, url.PathAndQuery, cookie: _session)
                : await SendAsync(HttpMethod.Get, url.Authority, url.PathAndQuery, null, headers);
            if (response.StatusCode != HttpStatusCode.Redirect) return (response.StatusCode, url, await response.Content.ReadAsStringAsync(ProviderSite.Ct));
            url = new Uri(url, response.Headers.Location!);
        }
        throw new InvalidOperationException("the login goes round");
    }

    /// <summary>Opens a page again and again as a browser that is never let in, until something else than a redirect comes: the page that stops it.</summary>
    public async Task<string> GoRoundAsync(string host, string path)
    {
        var url = new Uri($"http://{host}{path}");
        for (var hop = 0; hop < 40; hop++)
        {
            using var response = url.Authority != Wiki
                ? await _site.Server.SendAsync(HttpMethod.Get, url.PathAndQuery, cookie: _session)
                : await SendAsync(HttpMethod.Get, url.Authority, url.PathAndQuery, null, "Accept: text/html");
            if (response.StatusCode != HttpStatusCode.Redirect)
            {
                response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
                return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(ProviderSite.Ct));
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
        if (!_isServerGone) await _site.DisposeAsync();
    }
}
