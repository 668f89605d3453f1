using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>Two servers on one PostgreSQL.</summary>
public sealed class TwoNodes : House
{
    private PostgresServer _postgres = null!;

    public ServerProcess Other { get; private set; } = null!;

    protected override ServerOptions Options => base.Options with
    {
        Environment = new Dictionary<string, string>(_postgres.Variables("house")) { ["HEARTHKEY_SECRET_KEY"] = "a key that both nodes have been given 0123456789" },
    };

    protected override async Task PrepareAsync()
    {
        _postgres = await KeepAsync(PostgresServer.StartAsync());
        await _postgres.CreateDatabaseAsync("house");
    }

    protected override async Task FurnishAsync() => Other = await KeepAsync(ServerProcess.StartAsync(Options));
}
