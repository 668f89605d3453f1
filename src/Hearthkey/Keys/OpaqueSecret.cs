using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Keys;

/// <summary>Random values that are looked up by their hash: session ids, links, API keys.</summary>
public static class OpaqueSecret
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>256 bits as 43 characters of base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Letters and digits, for values that people paste: client ids (40), client secrets (128), token keys (60).</summary>
    public static string Letters(int length) => RandomNumberGenerator.GetString(Alphanumeric, length);

    /// <summary>SHA-256 in lower-case hex: what the database holds.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
