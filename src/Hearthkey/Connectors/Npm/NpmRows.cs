using System.Globalization;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.Connectors.Npm;

/// <summary>The SQL of the tables <c>npm_connection</c> and <c>npm_host</c>.</summary>
internal static class NpmRows
{
    private static readonly SqlText _columns = SqlText.Constant(
        "connection_uuid, address, identity, server_url, http_port, https_port, is_tunnelled, created_at, token, token_expires_at");

    public static ValueTask<List<NpmConnection>> AllAsync(Db db, Vault vault) =>
        db.ListAsync($"select {_columns} from npm_connection order by address", r => Read(r, vault));

    public static ValueTask<NpmConnection?> FindAsync(Db db, Vault vault, Guid uuid) =>
        db.OneAsync($"select {_columns} from npm_connection where connection_uuid = {uuid}", r => Read(r, vault));

    /// <summary>Adds it, or renews what was entered for the same address.</summary>
    public static ValueTask<Guid> SaveAsync(Db db, NpmConnection c) => db.OneAsync(
        $"""
        insert into npm_connection (connection_uuid, address, identity, server_url, http_port, https_port, is_tunnelled, created_at)
        values ({c.Uuid}, {c.Address}, {c.Identity}, {c.ServerUrl}, {(long)c.HttpPort}, {(long)c.HttpsPort}, {c.IsTunnelled}, {c.CreatedAt})
        on conflict (address) do update set identity = excluded.identity, server_url = excluded.server_url, http_port = excluded.http_port,
        https_port = excluded.https_port, is_tunnelled = excluded.is_tunnelled
        returning connection_uuid
        """, r => r.Guid());

    public static async ValueTask KeepTokenAsync(Db db, Vault vault, Guid uuid, NpmToken? token) => await db.ExecAsync(
        $"""
        update npm_connection set token = {(token is null ? null : vault.Protect(Place(uuid), token.Text))}, token_expires_at = {token?.ExpiresAt}
        where connection_uuid = {uuid}
        """);

    public static async ValueTask RemoveAsync(Db db, Guid uuid)
    {
        await db.ExecAsync($"delete from npm_host where connection_uuid = {uuid}");
        await db.ExecAsync($"delete from npm_connection where connection_uuid = {uuid}");
    }

    public static async ValueTask<Dictionary<long, NpmWritten>> WrittenAsync(Db db, Guid connection) => (await db.ListAsync(
        $"select host_id, former, written, providers, made from npm_host where connection_uuid = {connection}",
        r => new NpmWritten(r.Long(), r.Text(), r.Text(), Keys(r.Text()), Keys(r.Text())))).ToDictionary(w => w.HostId);

    public static async ValueTask SaveAsync(Db db, Guid connection, NpmWritten w, DateTimeOffset now) => await db.ExecAsync(
        $"""
        insert into npm_host (connection_uuid, host_id, former, written, providers, made, written_at)
        values ({connection}, {w.HostId}, {w.Former}, {w.Written}, {Text(w.Providers)}, {Text(w.Made)}, {now})
        on conflict (connection_uuid, host_id) do update set former = excluded.former, written = excluded.written, providers = excluded.providers,
        made = excluded.made, written_at = excluded.written_at
        """);

    public static async ValueTask ForgetAsync(Db db, Guid connection, long host) =>
        await db.ExecAsync($"delete from npm_host where connection_uuid = {connection} and host_id = {host}");

    private static NpmConnection Read(Row r, Vault vault)
    {
        var uuid = r.Guid();
        return new(uuid, r.Text(), r.Text(), r.Text(), int.CreateChecked(r.Long()), int.CreateChecked(r.Long()), r.Bool(), r.Time())
        {
            Token = r.BytesOrNull() is { } token ? vault.Open(Place(uuid), token) : null,
            TokenExpiresAt = r.TimeOrNull(),
        };
    }

    private static string Place(Guid uuid) => $"npm_connection/{uuid}/token";

    private static IReadOnlyList<long> Keys(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(k => long.Parse(k, CultureInfo.InvariantCulture))];

    private static string Text(IReadOnlyList<long> keys) => string.Join('\n', keys.Select(k => k.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What was done to a proxy host.</summary>
/// <param name="Former">Its Advanced text before.</param>
/// <param name="Providers">What protects it.</param>
/// <param name="Made">Those of them that were made for it.</param>
internal sealed record NpmWritten(long HostId, string Former, string Written, IReadOnlyList<long> Providers, IReadOnlyList<long> Made);
