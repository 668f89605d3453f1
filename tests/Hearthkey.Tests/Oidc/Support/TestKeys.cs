using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hearthkey.Oidc.Jose;

namespace Hearthkey.Tests.Oidc.Support;

/// <summary>One key of each kind, made once.</summary>
internal static class TestKeys
{
    public static readonly ECParameters EcParameters = NewEc(ECCurve.NamedCurves.nistP256);
    public static readonly RSAParameters RsaParameters = NewRsa();

    public static readonly SigningKey Es256 = SigningKey.FromEllipticCurve("es256", EcParameters);
    public static readonly SigningKey Es384 = SigningKey.FromEllipticCurve("es384", NewEc(ECCurve.NamedCurves.nistP384));
    public static readonly SigningKey Es512 = SigningKey.FromEllipticCurve("es512", NewEc(ECCurve.NamedCurves.nistP521));
    public static readonly SigningKey Rs256 = SigningKey.FromRsa("rs256", RsaParameters);

    public static SigningKey ByName(string algorithm) => new[] { Es256, Es384, Es512, Rs256 }.Single(key => key.Algorithm == algorithm);

    public static (string PrivateKey, string Certificate) SelfSigned()
    {
        using var rsa = RSA.Create(RsaParameters);
        var request = new CertificateRequest("CN=Hearthkey test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return (rsa.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem());
    }

    private static ECParameters NewEc(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static RSAParameters NewRsa()
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
