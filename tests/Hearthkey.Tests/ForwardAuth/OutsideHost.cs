using System.Collections.Concurrent;
using System.Net;
using Hearthkey.Tests.OidcProvider;
using Hearthkey.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>A host as somebody from outside sees it: answers as it is told, and remembers what it was asked.</summary>
internal sealed class OutsideHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OutsideHost(WebApplication app) => _app = app;

    /// <summary>What comes to a path; 200 for all where nothing was said.</summary>
    public Func<string, (int Status, string? Location)> Answer { get; set; } = _ => (200, null);

    /// <summary>Path and the names of the headers of each request.</summary>
    public ConcurrentQueue<(string Path, string[] Headers)> Asked { get; } = [];

    public string Url => _app.Urls.Single();

    public static async Task<OutsideHost> StartAsync(bool tls = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls) listen.UseHttps(TestCertificates.SelfSigned("elsewhere.test"));
        }));
        var app = builder.Build();
        var host = new OutsideHost(app);
        app.Run(host.AnswerAsync);
        await app.StartAsync(ProviderSite.Ct);
        return host;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Asked.Enqueue((context.Request.Path, [.. context.Request.Headers.Keys]));
        var (status, location) = Answer(context.Request.Path);
        context.Response.StatusCode = status;
        context.Response.Headers.Server = "lab/1";
        if (location is not null) context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
