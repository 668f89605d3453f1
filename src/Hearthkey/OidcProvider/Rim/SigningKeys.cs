using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Hearthkey.Keys;
using Hearthkey.Oidc.Jose;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>Part of the snapshot: the certificate key pairs that can sign tokens.</summary>
internal sealed class SigningKeys(IReadOnlyDictionary<Guid, SigningKey> keys)
{
    private readonly FrozenDictionary<Guid, SigningKey> _keys = keys.ToFrozenDictionary();

    public SigningKey? Find(Guid uuid) => _keys.GetValueOrDefault(uuid);

    public static SigningKeys Load(KeyPairs pairs, Vault vault)
    {
        var keys = new Dictionary<Guid, SigningKey>();
        foreach (var pair in pairs.All)
            if (pair.OpenPrivateKey(vault) is { } text && Read(pair.CertificatePem, text) is { } key) keys[pair.KpUuid] = key;
        return new(keys);
    }

    /// <summary>Null for a key that cannot sign tokens, such as Ed25519.</summary>
    private static SigningKey? Read(string certificate, string key)
    {
        try
        {
            return SigningKey.FromPem(KeyId(certificate), key, certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Changes with the certificate, so that a renewed one under the same name is another key for apps.</summary>
    private static string KeyId(string certificate) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(certificate)))[..32];
}
