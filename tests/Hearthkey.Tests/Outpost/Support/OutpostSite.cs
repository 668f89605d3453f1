using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearthkey.Outpost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.Outpost.Support;

/// <summary>A real Kestrel on a free port with the outpost in front and "core" behind it.</summary>
internal sealed class OutpostSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private OutpostSite(WebApplication app, FakeCore core, FakeTimeProvider time, ForwardAuthOutpost outpost)
    {
        _app = app;
        Core = core;
        Time = time;
        Outpost = outpost;
        Port = new Uri(app.Urls.First()).Port;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
        };
    }

    public FakeCore Core { get; }
    public FakeTimeProvider Time { get; }
    public ForwardAuthOutpost Outpost { get; }
    public int Port { get; }
    public HttpClient Client => _client;
    public bool IsPeerTrusted { get; private set; } = true;

    public static ProxyProvider Single { get; } = new()
    {
        Pk = 1,
        Name = "Provider for app",
        ClientId = "client-123",
        Mode = ProxyMode.ForwardSingle,
        ExternalHost = "https://app.example.com",
        SkipPaths = SkipRules.Parse("/skip.*"),
        ApplicationSlug = "app",
        ApplicationName = "App",
        OutpostName = "authentik Embedded Outpost",
        AuthorizeUrl = "https://auth.example.com/application/o/authorize/",
        EndSessionUrl = "https://auth.example.com/application/o/app/end-session/",
        JwksUrl = "https://auth.example.com/application/o/app/jwks/",
        AccessTokenValidity = TimeSpan.FromHours(24),
        CookieKey = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"),
    };

    public static ProxyProvider Domain { get; } = Single with
    {
        Pk = 2,
        Name = "forward-auth-lab",
        ClientId = "domain-456",
        Mode = ProxyMode.ForwardDomain,
        ExternalHost = "https://auth.lab.test",
        CookieDomain = ".lab.test",
        SkipPaths = SkipRules.Parse("^https://api\\.lab\\.test/open"),
    };

    /// <summary>An application in proxy mode that listens at the address.</summary>
    public static ProxyProvider Proxied(string internalHost) => Single with { Mode = ProxyMode.Proxy, InternalHost = internalHost, SkipPaths = SkipRules.Parse("^/public") };

    public static async Task<OutpostSite> StartAsync(params ProxyProvider[] providers)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var core = new FakeCore(time);
        core.People[1] = new Identity { Username = "ada", Uid = "uid-1", Email = "ada@example.com", Name = "Ada", Groups = "a|b c" };
        core.Configuration = new OutpostConfiguration(
            providers.Length == 0 ? [Single, Domain] : providers, ["https://auth.lab.test", "https://login.example.com"]);
        OutpostSite? site = null;
        var outpost = new ForwardAuthOutpost(
            core,
            new OutpostOptions
            {
                Version = "1.2.3",
                IsTrustedPeer = _ => site!.IsPeerTrusted,
                RenderPage = (context, page) => context.Response.WriteAsync($"page {page.Kind} {page.Error}{page.Host}"),
            },
            time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            // as the server does it
            if (providers.Any(p => p.Mode == ProxyMode.Proxy))
                kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
        });
        var app = builder.Build();
        app.Use(outpost.InvokeAsync);
        app.Run(context => context.Response.WriteAsync("core"));
        await app.StartAsync();
        return site = new OutpostSite(app, core, time, outpost);
    }

    public void DistrustPeer() => IsPeerTrusted = false;

    /// <summary>Sends one request; headers are given as <c>Name: value</c>.</summary>
    public async Task<HttpResponseMessage> SendAsync(string pathAndQuery, string host, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, pathAndQuery);
        request.Headers.Host = host;
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A check as nginx sends it.</summary>
    public Task<HttpResponseMessage> CheckAsync(string url, params string[] headers) =>
        SendAsync("/outpost.goauthentik.io/auth/nginx", "outpost", ["X-Original-URL: " + url, .. headers]);

    /// <summary>A check as <c>traefik</c>, <c>caddy</c>, <c>envoy</c> or <c>apache</c> sends it.</summary>
    public Task<HttpResponseMessage> AskAsync(string proxy, string url, params string[] headers)
    {
        var uri = new Uri(url);
        var raw = url[(uri.Scheme.Length + 3 + uri.Authority.Length)..];
        string[] forwarded = ["X-Forwarded-Method: GET", "X-Forwarded-Proto: " + uri.Scheme, "X-Forwarded-Host: " + uri.Authority, "X-Forwarded-Uri: " + raw];
        return proxy switch
        {
            "traefik" => SendAsync("/outpost.goauthentik.io/auth/traefik", "hearthkey:9000", [.. forwarded, .. headers]),
            "caddy" => SendAsync("/outpost.goauthentik.io/auth/caddy", uri.Authority, [.. forwarded, .. headers]),
            "envoy" => SendAsync("/outpost.goauthentik.io/auth/envoy" + raw, uri.Authority, ["X-Forwarded-Proto: " + uri.Scheme, .. headers]),
            _ => SendAsync("/outpost.goauthentik.io/auth/apache", uri.Authority, ["X-Original-URL: " + url, .. headers]),
        };
    }

    /// <summary>A request as the first nginx text hands it on: Host, X-Original-URL.</summary>
    public Task<HttpResponseMessage> BrowseAsync(string url, params string[] headers)
    {
        var uri = new Uri(url);
        var raw = url[(uri.Scheme.Length + 3 + uri.Authority.Length)..];
        return SendAsync(raw, uri.Authority, ["X-Original-URL: " + url, "Accept: text/html", .. headers]);
    }

    /// <summary>Bytes as they are, for what no client library sends; the whole answer.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request + "Connection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Outpost.Dispose();
        await _app.DisposeAsync();
    }
}
