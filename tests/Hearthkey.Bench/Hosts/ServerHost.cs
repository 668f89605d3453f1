using Hearthkey.Bench.Processes;
using Microsoft.AspNetCore.Builder;

namespace Hearthkey.Bench.Hosts;

/// <summary>The server itself, with its whole pipeline, in a process of its own.</summary>
internal static class ServerHost
{
    public const string Command = "server";

    /// <summary>Argument: the data folder.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Create(args[1]);
        await HearthkeyServer.StartAsync(app, CancellationToken.None);
        await Answering.LoopAsync(Ports.Of(app), HeapAnswers.AnswerAsync);
        await app.StopAsync();
        return 0;
    }

    public static WebApplication Create(string folder) => HearthkeyServer.Create(new Dictionary<string, string>
    {
        ["HEARTHKEY_DATA"] = folder,
        ["HEARTHKEY_LISTEN__HTTP"] = "127.0.0.1:0",
        ["HEARTHKEY_LISTEN__HTTPS"] = "127.0.0.1:0",
        ["HEARTHKEY_WEB__BASE_URL"] = "https://auth.home.example",
        ["HEARTHKEY_LOG_LEVEL"] = "warning",
    });
}
