using System.Security.Cryptography;
using System.Text;
using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Keys;

/// <summary>
/// Protects secrets that must be read back: <c>key id (8) + nonce (12) + tag (16) + AES-256-GCM</c>. Table, row and column are bound in,
/// so a value moved to another place does not open.
/// </summary>
public sealed class Vault(MasterKey master)
{
    private const int IdLength = 8, NonceLength = 12, TagLength = 16;
    private const string CheckText = "hearthkey";

    private readonly byte[] _key = master.Derive("vault");
    private readonly byte[] _id = Convert.FromHexString(master.Id);

    /// <param name="place">Table, row and column, such as <c>token/0198…/key_secret</c>.</param>
    public byte[] Protect(string place, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var result = new byte[IdLength + NonceLength + TagLength + plain.Length];
        _id.CopyTo(result, 0);
        var nonce = result.AsSpan(IdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(IdLength + NonceLength + TagLength), result.AsSpan(IdLength + NonceLength, TagLength), Encoding.UTF8.GetBytes(place));
        return result;
    }

    /// <exception cref="CryptographicException">Protected by another key, for another place, or changed.</exception>
    public string Open(string place, ReadOnlySpan<byte> value)
    {
        if (value.Length < IdLength + NonceLength + TagLength || !value[..IdLength].SequenceEqual(_id))
            throw new CryptographicException($"The secret at {place} was protected by another key.");
        var plain = new byte[value.Length - IdLength - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(value.Slice(IdLength, NonceLength), value[(IdLength + NonceLength + TagLength)..], value.Slice(IdLength + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Compares the key with the database's: makes the check row in a new database, and keeps a key that was made for it.</summary>
    /// <exception cref="StartupException">The database belongs to another key.</exception>
    public async ValueTask CheckAsync(Db db)
    {
        if (await IsRightAsync(db)) return;
        // the file first: a database without its key is lost, a key without a database is nothing
        master.Keep();
        var check = Convert.ToBase64String(Protect("singleton/key-check", CheckText));
        await db.ExecAsync($"insert into singleton (name, value) values ('key-check', {new Json($$"""{"check":"{{check}}"}""")})");
    }

    /// <summary>The same for one command beside the server: makes nothing.</summary>
    /// <exception cref="StartupException">The database belongs to another key, or to none yet.</exception>
    public async ValueTask VerifyAsync(Db db)
    {
        if (!await IsRightAsync(db)) throw new StartupException("This database is new. Start the server once, then run the command again.");
    }

    private async ValueTask<bool> IsRightAsync(Db db)
    {
        if (await db.OneAsync($"select value from singleton where name = 'key-check'", r => r.Json()) is not { } stored) return false;
        if (master.MissingFile is { } path)
            throw new StartupException($"The key of this database is missing: there is no {path}. Put the file back, or start with the SECRET_KEY that it was made with; without it its secrets cannot be read.");
        try
        {
            var check = global::System.Text.Json.JsonDocument.Parse(stored).RootElement.GetProperty("check").GetBytesFromBase64();
            if (Open("singleton/key-check", check) == CheckText) return true;
        }
        catch (CryptographicException)
        {
        }
        throw new StartupException("This database belongs to another key. Start with the SECRET_KEY or the secret.key file that it was made with; without it its secrets cannot be read.");
    }
}
