using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Hearthkey.Tests.OidcProvider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>An application that knows nothing of us: says what it was sent, takes uploads, speaks WebSocket.</summary>
internal sealed class EchoApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoApp(WebApplication app, string name) => (_app, Name) = (app, name);

    public string Name { get; }

    public string Url => _app.Urls.Single();

    public static async Task<EchoApp> StartAsync(string name = "app")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(context => AnswerAsync(context, name));
        await app.StartAsync(ProviderSite.Ct);
        return new(app, name);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, string name)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(new byte[] { 42 }, WebSocketMessageType.Binary, true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            return;
        }
        long length = 0;
        var buffer = new byte[65536];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read) length += read;
        var lines = context.Request.Headers.Select(h => $"{h.Key.ToLowerInvariant()}: {h.Value}")
            .Append("target: " + context.Features.Get<IHttpRequestFeature>()!.RawTarget).Append("path: " + context.Request.Path.Value)
            .Prepend($"{name} {context.Request.Method} {context.Request.Path}{context.Request.QueryString} {length.ToString(CultureInfo.InvariantCulture)}");
        await context.Response.WriteAsync(string.Join('\n', lines) + "\n", context.RequestAborted);
    }
}
