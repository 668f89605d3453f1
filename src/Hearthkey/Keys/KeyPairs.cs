using Hearthkey.Storage;

namespace Hearthkey.Keys;

/// <summary>All key pairs: part of the snapshot.</summary>
public sealed class KeyPairs(IReadOnlyList<KeyPair> all)
{
    /// <summary>Kind of their changes in the feed.</summary>
    public const string Kind = "authentik_crypto.certificatekeypair";

    private static readonly SqlText _columns = SqlText.Constant("kp_uuid, name, certificate, private_key, key_type, managed");

    private readonly Dictionary<Guid, KeyPair> _byUuid = all.ToDictionary(k => k.KpUuid);

    public IReadOnlyList<KeyPair> All => all;

    public KeyPair? Find(Guid uuid) => _byUuid.GetValueOrDefault(uuid);

    public KeyPair? FindManaged(string managed) => all.FirstOrDefault(k => k.Managed == managed);

    public static KeyPair Read(Row r) => new(r.Guid(), r.Text(), r.Text(), r.BytesOrNull(), r.Text(), r.TextOrNull());

    internal static async ValueTask<KeyPairs> LoadAsync(Db db) =>
        new(await db.ListAsync($"select {_columns} from certificate_key_pair order by name", Read));

    /// <summary>Stores a new pair.</summary>
    public static async ValueTask InsertAsync(Db db, KeyPair pair, DateTimeOffset now)
    {
        await db.ExecAsync(
            $"""
            insert into certificate_key_pair (kp_uuid, name, certificate, private_key, key_type, managed, created_at)
            values ({pair.KpUuid}, {pair.Name}, {pair.CertificatePem}, {pair.PrivateKey}, {pair.KeyType}, {pair.Managed}, {now})
            """);
        await db.ChangedAsync(Kind, pair.KpUuid.ToString());
    }
}
