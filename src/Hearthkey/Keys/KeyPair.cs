using System.Security.Cryptography.X509Certificates;

namespace Hearthkey.Keys;

/// <summary>A certificate and, where we hold it, its private key.</summary>
/// <param name="CertificatePem">The certificate, or a chain with the leaf first, as PEM.</param>
/// <param name="PrivateKey">The PKCS#8 key as PEM under the <see cref="Vault"/>; null where there is none.</param>
/// <param name="KeyType"><c>rsa</c> or <c>ec</c>.</param>
/// <param name="Managed">Name of a pair that comes along with the server; null for those of people.</param>
public sealed record KeyPair(Guid KpUuid, string Name, string CertificatePem, byte[]? PrivateKey, string KeyType, string? Managed)
{
    /// <summary>The leaf certificate without its key; the caller disposes it.</summary>
    public X509Certificate2 LoadCertificate() => X509Certificate2.CreateFromPem(CertificatePem);

    /// <summary>The private key as PEM, or null where there is none.</summary>
    public string? OpenPrivateKey(Vault vault) => PrivateKey is null ? null : vault.Open(Place(KpUuid), PrivateKey);

    internal static string Place(Guid uuid) => $"certificate_key_pair/{uuid}/private_key";
}
