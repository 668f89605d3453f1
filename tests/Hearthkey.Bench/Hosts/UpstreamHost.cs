using Hearthkey.Bench.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Bench.Hosts;

/// <summary>The application behind the proxies: a page of 1 KB, and the name that it was told in a header.</summary>
internal static class UpstreamHost
{
    public const string Command = "upstream";

    private static readonly byte[] _page = [.. Enumerable.Repeat((byte)'x', 1024)];

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(global::System.Net.IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        await Answering.LoopAsync(Ports.Of(app), HeapAnswers.AnswerAsync);
        await app.StopAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        headers["X-Seen"] = context.Request.Headers["X-authentik-username"];
        headers.ContentLength = _page.Length;
        await context.Response.Body.WriteAsync(_page);
    }
}
