using Hearthkey.Oidc;

namespace Hearthkey.Tests.Oidc.Support;

/// <summary>App passwords of a test; Bob (2) is what the client itself acts as.</summary>
internal sealed class MemoryPrograms : IPrograms
{
    public Dictionary<(string Username, string Password), ProgramIdentity> Passwords { get; } = new() { [("ada", "app-password")] = new(1, "hash-of-adas") };

    public ProgramIdentity? Own { get; set; } = new(2);

    public ValueTask<ProgramIdentity?> OwnAsync(Client client, CancellationToken ct) => new(Own);

    public ValueTask<ProgramIdentity?> FindAsync(Client client, string username, string password, CancellationToken ct) =>
        new(Passwords.GetValueOrDefault((username, password)));
}
