using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.E2E.Support;

/// <summary>An app that knows nothing of sign-in: it answers every request with what it received, as JSON.</summary>
public sealed class EchoApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<EchoRequest> _requests = new();

    private EchoApp(string name, int port)
    {
        Name = name;
        Port = port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Comes back in each answer, to tell apps apart.</summary>
    public string Name { get; }

    public int Port { get; }

    /// <summary>Every request that reached the app, in order.</summary>
    public IReadOnlyCollection<EchoRequest> Requests => _requests;

    public static async Task<EchoApp> StartAsync(string name = "echo")
    {
        var app = new EchoApp(name, FreePort.Next());
        await app._app.StartAsync();
        return app;
    }

    public void Forget() => _requests.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long length = 0;
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0; length += read) hash.AppendData(buffer, 0, read);

        var request = new EchoRequest(Name, context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.Select(value => value ?? "").ToArray()),
            length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        _requests.Enqueue(request);
        await context.Response.WriteAsJsonAsync(request, context.RequestAborted);
    }
}
