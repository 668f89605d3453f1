using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Hearthkey.Oidc.Jose;

/// <summary>A private key that signs tokens, with the certificate that is published beside its public half. Immutable; safe to
/// use from many threads.</summary>
public sealed class SigningKey
{
    /// <summary>The order of P-256 (SEC 2 §2.4.2).</summary>
    private static readonly BigInteger _p256Order =
        BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly Action<Utf8JsonWriter> _writePublicKey;
    private readonly byte[]? _certificate;

    private SigningKey(SignatureAlgorithm signer, Action<Utf8JsonWriter> writePublicKey, byte[]? certificate)
    {
        Signer = signer;
        _writePublicKey = writePublicKey;
        _certificate = certificate;
    }

    /// <summary>The value of <c>kid</c>.</summary>
    public string KeyId => Signer.KeyId!;

    /// <summary><c>RS256</c> for an RSA key; <c>ES256</c>, <c>ES384</c> or <c>ES512</c> for an EC one, by its curve.</summary>
    public string Algorithm => Signer.Name;

    internal SignatureAlgorithm Signer { get; }

    /// <summary>Reads a private key in PEM (PKCS#8, PKCS#1 or SEC1, not encrypted) and, if given, its certificate in PEM.</summary>
    /// <exception cref="CryptographicException">It is no private key, or of a kind that has no signature algorithm here: RSA
    /// from 2048 bits (RFC 7518 §3.3), EC on P-256, P-384, P-521.</exception>
    public static SigningKey FromPem(string keyId, string privateKeyPem, string? certificatePem = null)
    {
        byte[]? der = null;
        if (!string.IsNullOrWhiteSpace(certificatePem))
            using (var certificate = X509Certificate2.CreateFromPem(certificatePem))
                der = certificate.RawData;

        using var rsa = RSA.Create();
        if (TryImport(rsa, privateKeyPem))
            return FromRsa(keyId, rsa.ExportParameters(includePrivateParameters: true), der);
        using var ec = ECDsa.Create();
        if (TryImport(ec, privateKeyPem))
            return FromEllipticCurve(keyId, ec.ExportParameters(includePrivateParameters: true), der);
        throw new CryptographicException("The PEM text holds neither an RSA nor an EC private key.");
    }

    /// <summary>An RSA private key and, if given, its certificate in DER.</summary>
    /// <inheritdoc cref="FromPem" path="/exception"/>
    public static SigningKey FromRsa(string keyId, RSAParameters key, byte[]? certificate = null)
    {
        if (key.D is null || key.Modulus is not { Length: >= 256 })
            throw new CryptographicException("An RSA signing key is a private key of at least 2048 bits.");
        return new(new RsaSignature(keyId, key), writer =>
        {
            writer.WriteString("kty", "RSA");
            writer.WriteString("n", Base64Url.EncodeToString(key.Modulus));
            writer.WriteString("e", Base64Url.EncodeToString(key.Exponent));
        }, certificate);
    }

    /// <summary>An EC private key and, if given, its certificate in DER.</summary>
    /// <inheritdoc cref="FromPem" path="/exception"/>
    public static SigningKey FromEllipticCurve(string keyId, ECParameters key, byte[]? certificate = null)
    {
        var curve = Curve.Of(key);
        if (curve is null || key.D is null)
            throw new CryptographicException("An EC signing key is a private key on P-256, P-384 or P-521.");
        return new(new EllipticCurveSignature(keyId, key, curve), writer =>
        {
            writer.WriteString("kty", "EC");
            writer.WriteString("crv", curve.Name);
            writer.WriteString("x", Base64Url.EncodeToString(key.Q.X));
            writer.WriteString("y", Base64Url.EncodeToString(key.Q.Y));
        }, certificate);
    }

    /// <summary>A P-256 key made from a secret: the same on every node, and nothing to store. Who has not the secret cannot tell it from a random one.</summary>
    /// <param name="secret">At least 32 bytes.</param>
    /// <param name="purpose">Keeps keys for different uses apart.</param>
    public static SigningKey FromSecret(ReadOnlySpan<byte> secret, string purpose)
    {
        // 64 bits more than the order has: reduced, no key is likelier than another (FIPS 186-5 A.2.1)
        Span<byte> random = stackalloc byte[40];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, random, salt: [], info: Encoding.UTF8.GetBytes(purpose));
        var scalar = (new BigInteger(random, isUnsigned: true, isBigEndian: true) % (_p256Order - 1)) + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var d = new byte[32];
        bytes.CopyTo(d.AsSpan(32 - bytes.Length));
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
        var parameters = key.ExportParameters(includePrivateParameters: true);
        // RFC 7638: the thumbprint names the key by its value
        var thumbprint = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(parameters.Q.X)}}","y":"{{Base64Url.EncodeToString(parameters.Q.Y)}}"}""";
        return FromEllipticCurve(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(thumbprint))), parameters);
    }

    /// <summary>Writes the public half as a JSON Web Key (RFC 7517 §4); nothing private is ever written.</summary>
    internal void WriteJwk(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("kid", KeyId);
        writer.WriteString("alg", Algorithm);
        writer.WriteString("use", "sig");
        _writePublicKey(writer);
        if (_certificate is not null)
        {
            writer.WriteStrings("x5c", [Convert.ToBase64String(_certificate)]);
#pragma warning disable CA5350 // RFC 7517 §4.8 defines x5t as SHA-1; it names the certificate and protects nothing
            writer.WriteString("x5t", Base64Url.EncodeToString(SHA1.HashData(_certificate)));
#pragma warning restore CA5350
            writer.WriteString("x5t#S256", Base64Url.EncodeToString(SHA256.HashData(_certificate)));
        }
        writer.WriteEndObject();
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception wrongKind) when (wrongKind is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
