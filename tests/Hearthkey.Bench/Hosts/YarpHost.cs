using System.Net;
using Hearthkey.Bench.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Hearthkey.Bench.Hosts;

/// <summary>The reference for proxy mode: Kestrel and YARP's forwarder as its guide has it, which lets everybody through.</summary>
internal static class YarpHost
{
    public const string Command = "yarp";

    /// <summary>Argument: address of the application.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddLogging(log => log.SetMinimumLevel(LogLevel.Warning)).AddHttpForwarder();
        await using var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        using var pool = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        });
        var config = new ForwarderRequestConfig();
        app.Run(async context => await forwarder.SendAsync(context, args[1], pool, config, HttpTransformer.Default));
        await app.StartAsync();
        await Answering.LoopAsync(Ports.Of(app), HeapAnswers.AnswerAsync);
        await app.StopAsync();
        return 0;
    }
}
