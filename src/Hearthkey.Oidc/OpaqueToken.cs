using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Oidc;

/// <summary>Codes, refresh tokens and token ids: random, meaningless, kept only as a hash.</summary>
internal static class OpaqueToken
{
    /// <summary>256 bits as 43 base64url characters (RFC 6749 §10.10 asks for a guess chance of at most 2⁻¹²⁸).</summary>
    public static string Create()
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>The name under which the store knows the token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
