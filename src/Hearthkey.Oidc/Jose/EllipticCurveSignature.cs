using System.Security.Cryptography;

namespace Hearthkey.Oidc.Jose;

/// <summary>ES256, ES384 or ES512, by the key's curve (RFC 7518 §3.4).</summary>
internal sealed class EllipticCurveSignature : SignatureAlgorithm
{
    private const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    private readonly KeyPool<ECDsa> _keys;

    public EllipticCurveSignature(string keyId, ECParameters key, Curve curve)
        : base(curve.Algorithm, keyId, curve.Hash)
    {
        SignatureSize = 2 * curve.FieldSize;
        _keys = new(() => ECDsa.Create(key));
    }

    public override int SignatureSize { get; }

    public override void Sign(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        var key = _keys.Rent();
        if (!key.TrySignData(content, signature, Hash, Format, out _))
            throw new CryptographicException("The signature is longer than its algorithm says.");
        _keys.Return(key);
    }

    public override bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize)
            return false;
        var key = _keys.Rent();
        var isValid = key.VerifyData(content, signature, Hash, Format);
        _keys.Return(key);
        return isValid;
    }
}
