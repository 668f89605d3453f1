using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hearthkey.Keys;

/// <summary>Takes a certificate and its private key from PEM text that a person brings along.</summary>
public static class PemReader
{
    private const string NistP256 = "1.2.840.10045.3.1.7";
    private const string NotReadable = "This key cannot be read, or it belongs to another certificate. Give it unencrypted, as PEM.";

    /// <summary>Puts certificate and key into the pair, or says in <paramref name="onWrong"/> which of the API's fields is wrong and why.</summary>
    /// <param name="pair">Gives identity and name, and the key where none was sent.</param>
    /// <param name="keyPem">Blank: the key that the pair has already.</param>
    public static KeyPair Read(Vault vault, KeyPair pair, string certificatePem, string keyPem, Action<string, string> onWrong)
    {
        if (!IsCertificate(certificatePem))
        {
            onWrong("certificate_data", "This is no certificate in PEM form.");
            return pair;
        }
        var key = keyPem.Length > 0 ? keyPem : pair.OpenPrivateKey(vault);
        if (key is null)
        {
            onWrong("key_data", "Give the private key as well: certificates without one are not built yet.");
            return pair;
        }
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(certificatePem, key);
            var (type, pkcs8) = Take(certificate, onWrong);
            if (pkcs8 is null) return pair;
            return pair with { CertificatePem = certificatePem, PrivateKey = vault.Protect(KeyPair.Place(pair.KpUuid), pkcs8), KeyType = type };
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            onWrong("key_data", NotReadable);
            return pair;
        }
    }

    // RSA from 2048 bits and P-256: what RS256 and ES256 sign with (RFC 7518 §3.3, §3.4)
    private static (string Type, string? Pkcs8) Take(X509Certificate2 certificate, Action<string, string> onWrong)
    {
        using var rsa = certificate.GetRSAPrivateKey();
        if (rsa is { KeySize: >= 2048 }) return ("rsa", rsa.ExportPkcs8PrivateKeyPem());
        using var ec = certificate.GetECDsaPrivateKey();
        if (ec is not null && ec.ExportParameters(false).Curve.Oid.Value == NistP256) return ("ec", ec.ExportPkcs8PrivateKeyPem());
        onWrong("key_data", rsa is null ? "Keys other than RSA and P-256 are not built yet." : "RSA keys need at least 2048 bits.");
        return ("", null);
    }

    private static bool IsCertificate(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
