using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hearthkey.Keys;
using Hearthkey.System.Wire;

namespace Hearthkey.System;

/// <summary>A certificate as the API shows it: everything but the private key.</summary>
public sealed record CertificateKeyPair
{
    public Guid Pk { get; init; }

    public string Name { get; init; } = "";

    public string? FingerprintSha256 { get; init; }

    public string? FingerprintSha1 { get; init; }

    public DateTimeOffset? CertExpiry { get; init; }

    /// <summary>As RFC 4514 writes it.</summary>
    public string? CertSubject { get; init; }

    public bool PrivateKeyAvailable { get; init; }

    public string? KeyType { get; init; }

    public string CertificateDownloadUrl { get; init; } = "";

    public string PrivateKeyDownloadUrl { get; init; } = "";

    public string? Managed { get; init; }

    /// <summary>What is stored; never on the wire.</summary>
    internal KeyPair Pair { get; init; } = new(Guid.Empty, "", "", null, "", null);

    internal static CertificateKeyPair Of(KeyPair pair)
    {
        using var certificate = pair.LoadCertificate();
        var path = $"/api/v3/{CertificateKeyPairs.ApiPath}/{pair.KpUuid}";
        return new()
        {
            Pk = pair.KpUuid,
            Name = pair.Name,
            FingerprintSha256 = Fingerprint(certificate, HashAlgorithmName.SHA256),
            FingerprintSha1 = Fingerprint(certificate, HashAlgorithmName.SHA1),
            CertExpiry = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            CertSubject = DistinguishedName.Text(certificate.SubjectName),
            PrivateKeyAvailable = pair.PrivateKey is not null,
            KeyType = pair.KeyType,
            CertificateDownloadUrl = path + "/view_certificate/?download",
            PrivateKeyDownloadUrl = path + "/view_private_key/?download",
            Managed = pair.Managed,
            Pair = pair,
        };
    }

    private static string Fingerprint(X509Certificate2 certificate, HashAlgorithmName hash) =>
        string.Join(':', certificate.GetCertHashString(hash).ToLowerInvariant().Chunk(2).Select(c => new string(c)));
}
