using Hearthkey.Flows;
using Hearthkey.Hosting;

namespace Hearthkey.Cli;

/// <summary><c>hearthkey serve</c>: runs until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task RunAsync(IReadOnlyDictionary<string, string> environment)
    {
        await using var app = HearthkeyServer.Create(environment);
        await HearthkeyServer.StartAsync(app, CancellationToken.None);
        await PrintSetupLinkAsync(app);
        await app.WaitForShutdownAsync();
    }

    /// <summary>The last step of the start: whoever reads the log may set the server up.</summary>
    private static async Task PrintSetupLinkAsync(WebApplication app)
    {
        if (await app.Services.GetRequiredService<SetupLink>().IssueAsync(CancellationToken.None) is not { } path) return;
        var settings = app.Services.GetRequiredService<Settings>();
        var address = settings.BaseUrl is { } own ? Origin.Of(own).ToString() : $"http://{settings.Http.Address?.ToString() ?? "localhost"}:{settings.Http.Port}";
        StartLog.SetupLink(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Hearthkey.Start"), address + path);
    }
}
