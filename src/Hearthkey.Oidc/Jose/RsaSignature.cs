using System.Security.Cryptography;

namespace Hearthkey.Oidc.Jose;

/// <summary>RS256 (RFC 7518 §3.3).</summary>
internal sealed class RsaSignature : SignatureAlgorithm
{
    private readonly KeyPool<RSA> _keys;

    public RsaSignature(string keyId, RSAParameters key)
        : base("RS256", keyId, HashAlgorithmName.SHA256)
    {
        SignatureSize = key.Modulus!.Length;
        _keys = new(() => RSA.Create(key));
    }

    public override int SignatureSize { get; }

    public override void Sign(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        var key = _keys.Rent();
        if (!key.TrySignData(content, signature, Hash, RSASignaturePadding.Pkcs1, out _))
            throw new CryptographicException("The signature is longer than its algorithm says.");
        _keys.Return(key);
    }

    public override bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize)
            return false;
        var key = _keys.Rent();
        var isValid = key.VerifyData(content, signature, Hash, RSASignaturePadding.Pkcs1);
        _keys.Return(key);
        return isValid;
    }
}
