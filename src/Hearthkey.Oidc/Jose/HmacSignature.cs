using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Oidc.Jose;

/// <summary>HS256 with the octets of the client's secret (OpenID Connect Core §10.1).</summary>
internal sealed class HmacSignature(string secret) : SignatureAlgorithm("HS256", keyId: null, HashAlgorithmName.SHA256)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public override int SignatureSize => HMACSHA256.HashSizeInBytes;

    public override void Sign(ReadOnlySpan<byte> content, Span<byte> signature) => HMACSHA256.HashData(_secret, content, signature);

    public override bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(content, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
