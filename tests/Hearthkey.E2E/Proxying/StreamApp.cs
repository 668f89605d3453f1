using System.Net.WebSockets;
using Hearthkey.E2E.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.E2E.Proxying;

/// <summary>An app whose answers go on: an event every fifty milliseconds, and a WebSocket that sends back what it gets.</summary>
public sealed class StreamApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StreamApp(int port)
    {
        Port = port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(context => context.WebSockets.IsWebSocketRequest ? EchoAsync(context)
            : context.Request.Path == "/events" ? TellAsync(context) : Task.CompletedTask);
    }

    public int Port { get; }

    public static async Task<StreamApp> StartAsync()
    {
        var app = new StreamApp(FreePort.Next());
        await app._app.StartAsync();
        return app;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task TellAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        for (var i = 0; ; i++)
        {
            await context.Response.WriteAsync($"data: {i}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(50, context.RequestAborted);
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
    }
}
