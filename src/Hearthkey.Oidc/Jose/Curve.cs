using System.Security.Cryptography;

namespace Hearthkey.Oidc.Jose;

/// <summary>The curves that have a signature algorithm (RFC 7518 §3.4, §6.2.1.1).</summary>
internal sealed record Curve(string Name, string Algorithm, string Oid, int FieldSize, HashAlgorithmName Hash)
{
    private static readonly Curve[] _all =
    [
        new("P-256", "ES256", "1.2.840.10045.3.1.7", 32, HashAlgorithmName.SHA256),
        new("P-384", "ES384", "1.3.132.0.34", 48, HashAlgorithmName.SHA384),
        new("P-521", "ES512", "1.3.132.0.35", 66, HashAlgorithmName.SHA512),
    ];

    public static Curve? Of(ECParameters key) => Array.Find(_all, curve => curve.Oid == key.Curve.Oid?.Value);
}
