using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>What was acknowledged survives <c>kill -9</c> under load, twenty times over, on each database.</summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const int Workers = 8;

    [Fact]
    public Task Nothing_acknowledged_is_missing_after_twenty_kills_on_sqlite() => KillAsync(new Dictionary<string, string>());

    [Fact]
    public async Task Nothing_acknowledged_is_missing_after_twenty_kills_on_postgresql()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("kills");
        await KillAsync(postgres.Variables("kills"));
    }

    private static async Task KillAsync(IReadOnlyDictionary<string, string> environment)
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            BootstrapPassword = House.Password,
            BootstrapToken = House.Token,
            Environment = environment,
        });
        var journal = new Journal(server.Http, House.Token);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = journal.Acknowledged;
            var load = journal.WriteUntilGoneAsync(Workers);
            await Wait.ForAsync("the first writes", () => journal.Acknowledged > before || load.IsCompleted, detail: () => server.Log);
            await Task.Delay(TimeSpan.FromMilliseconds(120 + (kill * 17 % 90)), TimeProvider.System, TestContext.Current.CancellationToken);
            await server.KillAsync();
            await load;
            await server.StartAgainAsync();
        }

        (await journal.CompareAsync()).ShouldBeEmpty();
        journal.Acknowledged.ShouldBeGreaterThan(Kills, "each run must have written something");
    }
}
