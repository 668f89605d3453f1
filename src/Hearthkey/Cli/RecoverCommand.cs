using Hearthkey.Flows;
using Hearthkey.Hosting;

namespace Hearthkey.Cli;

/// <summary><c>hearthkey admin recover USERNAME</c>: a one-time link that sets an admin's password. The server may be running.</summary>
internal static class RecoverCommand
{
    /// <returns>What to tell the operator.</returns>
    /// <exception cref="StartupException">There is no such admin, or no database yet.</exception>
    public static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, string username)
    {
        await using var app = HearthkeyServer.Create(environment);
        await HearthkeyServer.AttachAsync(app.Services, CancellationToken.None);
        var (path, problem) = await app.Services.GetRequiredService<RecoveryLink>().CreateAsync(username, CancellationToken.None);
        if (path is null) throw new StartupException(problem!);
        return $"""
            Open this link within an hour to set the password of {username}. It works once:

              {OwnAddress.Of(app.Services)}{path}
            """;
    }
}
