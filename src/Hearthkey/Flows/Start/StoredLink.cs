using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Start;

/// <summary>A one-time link as the database holds it: never the link itself.</summary>
/// <param name="Hash">SHA-256 of purpose and token, so that a token of one kind opens nothing of another (T56).</param>
internal sealed record StoredLink(string Hash, DateTimeOffset ExpiresAt, long? UserPk)
{
    public static StoredLink New(string purpose, string token, DateTimeOffset expiresAt, long? userPk = null) => new(HashOf(purpose, token), expiresAt, userPk);

    public bool Opens(string purpose, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(HashOf(purpose, token)));

    public static string HashOf(string purpose, string token) => OpaqueSecret.Hash(purpose + "\n" + token);

    public static async ValueTask<StoredLink?> FindAsync(Db db, string name)
    {
        var text = await db.OneAsync($"select value from singleton where name = {name}", r => r.Json());
        return text is null ? null : JsonSerializer.Deserialize(text, FlowsJson.Default.StoredLink);
    }

    public async ValueTask SaveAsync(Db db, string name)
    {
        var value = new Json(JsonSerializer.Serialize(this, FlowsJson.Default.StoredLink));
        await db.ExecAsync($"insert into singleton (name, value) values ({name}, {value}) on conflict (name) do update set value = excluded.value");
    }

    /// <summary>Takes it away; of two that try, one succeeds.</summary>
    public static async ValueTask<bool> UseAsync(Db db, string name) => await db.ExecAsync($"delete from singleton where name = {name}") > 0;
}
