using System.Text.Json;
using Hearthkey.E2E.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.E2E.SelfTests;

/// <summary>An HTTP server that answers each path with what the test gave, and keeps what it was asked.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeProvider(int port, Func<HttpRequest, string, (int Status, object? Body)> answer)
    {
        Port = port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
            var (status, value) = answer(context.Request, body);
            context.Response.StatusCode = status;
            if (value is string location) context.Response.Headers.Location = location;
            else if (value is not null) await context.Response.WriteAsync(Json(context, value), context.RequestAborted);
        });
    }

    public int Port { get; }

    public static async Task<FakeProvider> StartAsync(Func<HttpRequest, string, (int Status, object? Body)> answer)
    {
        var fake = new FakeProvider(FreePort.Next(), answer);
        await fake._app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Json(HttpContext context, object value)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.Serialize(value);
    }
}
