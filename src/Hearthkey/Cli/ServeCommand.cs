namespace Hearthkey.Cli;

/// <summary><c>hearthkey serve</c>: runs until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task RunAsync(IReadOnlyDictionary<string, string> environment)
    {
        await using var app = HearthkeyServer.Create(environment);
        await HearthkeyServer.StartAsync(app, CancellationToken.None);
        await app.WaitForShutdownAsync();
    }
}
