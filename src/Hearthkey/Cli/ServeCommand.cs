using Hearthkey.Flows;
using Hearthkey.Hosting;

namespace Hearthkey.Cli;

/// <summary><c>hearthkey serve</c>: runs until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task RunAsync(IReadOnlyDictionary<string, string> environment, TextWriter output)
    {
        await using var app = HearthkeyServer.Create(environment);
        await HearthkeyServer.StartAsync(app, CancellationToken.None);
        await output.WriteLineAsync(await GreetingAsync(app.Services));
        await app.WaitForShutdownAsync();
    }

    /// <summary>The last step of the start: whoever reads the log may set the server up, so it is printed whatever the log level is.</summary>
    private static async Task<string> GreetingAsync(IServiceProvider services)
    {
        var address = OwnAddress.Of(services);
        if (await services.GetRequiredService<SetupLink>().IssueAsync(CancellationToken.None) is not { } path)
            return $"Hearthkey {Product.Version} is ready at {address}";
        return $"""

            Hearthkey {Product.Version} is ready, and new. Open this link within 24 hours to set it up; it works once:

              {address}{path}

            """;
    }
}
