using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hearthkey.Keys;

/// <summary>Makes self-signed certificates.</summary>
public static class KeyPairGenerator
{
    /// <summary>A new pair, not stored yet.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="alternativeNames">DNS names and IP addresses (RFC 5280 §4.2.1.6).</param>
    /// <param name="alg"><c>rsa</c> (2048 bits, NIST SP 800-131A) or <c>ecdsa</c> (P-256).</param>
    public static KeyPair Generate(
        Vault vault, string name, string commonName, IReadOnlyList<string> alternativeNames, int days, string alg, DateTimeOffset now, string? managed = null)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        subject.AddOrganizationName("authentik");
        using var rsa = alg == "rsa" ? RSA.Create(2048) : null;
        using var ec = rsa is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        var request = rsa is not null
            ? new CertificateRequest(subject.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject.Build(), ec!, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        if (alternativeNames.Count > 0) request.CertificateExtensions.Add(AlternativeNames(alternativeNames));
        using var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(days));
        var uuid = Guid.CreateVersion7(now);
        var key = rsa?.ExportPkcs8PrivateKeyPem() ?? ec!.ExportPkcs8PrivateKeyPem();
        return new(uuid, name, certificate.ExportCertificatePem(), vault.Protect(KeyPair.Place(uuid), key), rsa is not null ? "rsa" : "ec", managed);
    }

    private static X509Extension AlternativeNames(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }
        return builder.Build();
    }
}
