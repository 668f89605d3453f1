using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Outpost.Support;

/// <summary>An application behind proxy mode: says what it was sent, takes uploads, speaks WebSocket and event streams.</summary>
internal sealed class UpstreamApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private UpstreamApp(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public int Requests { get; private set; }

    public static async Task<UpstreamApp> StartAsync(Action<Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, options => listen?.Invoke(options));
        });
        var app = builder.Build();
        app.UseWebSockets();
        var upstream = new UpstreamApp(app);
        app.Run(upstream.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Requests++;
        if (context.WebSockets.IsWebSocketRequest)
            return EchoAsync(context);
        return context.Request.Path.Value switch
        {
            "/events" => EventsAsync(context),
            "/cookies" => CookiesAsync(context),
            "/hang" => Task.Delay(Timeout.Infinite, context.RequestAborted),
            _ => ReportAsync(context),
        };
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (message.MessageType == WebSocketMessageType.Close)
                return;
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, true, context.RequestAborted);
        }
    }

    private static async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        for (var i = 0; ; i++)
        {
            await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"data: {i}\n\n"), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(20, context.RequestAborted);
        }
    }

    private static Task CookiesAsync(HttpContext context)
    {
        foreach (var line in (string[])["app=1; Path=/", "__Host-authentik_proxy_b44ea687=evil; Path=/; Secure", "=authentik_proxy_b44ea687=evil",
            "__HOST-authentik_proxy_b44ea687_login=x", "hearthkey_session=evil", "theme=dark"])
            context.Response.Headers.Append("Set-Cookie", line);
        context.Response.Headers.Server = "app/1.0";
        return context.Response.WriteAsync("cookies");
    }

    private static async Task ReportAsync(HttpContext context)
    {
        long length = 0;
        var buffer = new byte[65536];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            length += read;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var lines = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{context.Request.Protocol} {context.Request.Method} {target} {length}\n"));
        foreach (var header in context.Request.Headers)
            lines.Append(CultureInfo.InvariantCulture, $"{header.Key.ToLowerInvariant()}: {header.Value}\n");
        await context.Response.WriteAsync(lines.ToString(), context.RequestAborted);
    }
}
