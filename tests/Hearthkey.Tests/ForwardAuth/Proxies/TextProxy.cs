using System.Net;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;
using YamlDotNet.RepresentationModel;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>
/// Stands in for Traefik and Envoy, which do not run here: does with a request what their documentation says, as far as our texts make use of
/// it. Everything that it does is read from the text.
/// </summary>
internal sealed class TextProxy : IAsyncDisposable
{
    private static readonly string[] _hop = ["Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length"];

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    private TextProxy(WebApplication app) => _app = app;

    /// <summary>True for the texts that it understands.</summary>
    public static bool Speaks(string proxy) => proxy is "traefik-file" or "envoy";

    public static async Task<TextProxy> StartAsync(string proxy, int port, params (string Host, ProxyText Text)[] sites)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var started = new TextProxy(builder.Build());
        var answers = sites.ToDictionary(s => s.Host, s => started.Site(proxy, s.Text.Text));
        started._app.Run(context => answers.TryGetValue(context.Request.Host.Host, out var answer) ? answer(context) : NotFoundAsync(context));
        await started._app.StartAsync(ProviderSite.Ct);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    /// <summary>Hands the request on with the headers that it has now, <c>Host</c> among them.</summary>
    public async Task ForwardAsync(HttpContext context, string url)
    {
        Forwarded(context.Request);
        await _app.Services.GetRequiredService<IHttpForwarder>().SendAsync(context, url, _client);
    }

    /// <summary>Asks the server; the answer's headers count.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpContext context, HttpMethod method, string url, string host, IEnumerable<KeyValuePair<string, string>> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (var header in headers.Where(h => !_hop.Contains(h.Key, StringComparer.OrdinalIgnoreCase))) request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        request.Headers.Host = host;
        return await _client.SendAsync(request, context.RequestAborted);
    }

    /// <summary>Gives the server's answer to the browser, with those headers that pass.</summary>
    public static async Task RelayAsync(HttpContext context, HttpResponseMessage answer, Func<string, bool> passes)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(h => passes(h.Key) && !_hop.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
            context.Response.Headers[header.Key] = header.Value.ToArray();
        if (!HttpMethods.IsHead(context.Request.Method)) await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>The request target as it came.</summary>
    public static string TargetOf(HttpContext context) => context.Features.Get<IHttpRequestFeature>()!.RawTarget;

    public static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // what a visitor says of its own way does not count at the first proxy
    private static void Forwarded(HttpRequest request)
    {
        foreach (var name in request.Headers.Keys.Where(k => k.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)).ToList()) request.Headers.Remove(name);
        request.Headers["X-Forwarded-For"] = "127.0.0.1";
        request.Headers["X-Forwarded-Proto"] = "http";
        request.Headers["X-Forwarded-Host"] = request.Host.Value;
    }

    private RequestDelegate Site(string proxy, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out _)) return context => ForwardAsync(context, text);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var root = stream.Documents[0].RootNode;
        return context =>
        {
            Forwarded(context.Request);
            return proxy == "envoy" ? new EnvoyText(root, this).AnswerAsync(context) : new TraefikText(root["http"], this).AnswerAsync(context);
        };
    }
}
