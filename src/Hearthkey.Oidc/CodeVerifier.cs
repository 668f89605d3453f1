using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Oidc;

/// <summary>The secret behind a code challenge (RFC 7636 §4.1, §4.6).</summary>
internal static class CodeVerifier
{
    private static readonly SearchValues<char> _unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>43 to 128 unreserved characters.</summary>
    public static bool IsWellFormed(string text) => text.Length is >= 43 and <= 128 && !text.AsSpan().ContainsAnyExcept(_unreserved);

    public static bool Matches(string verifier, string challenge, CodeChallengeMethod method)
    {
        var sent = Encoding.ASCII.GetBytes(verifier);
        var made = method == CodeChallengeMethod.S256 ? Base64Url.EncodeToUtf8(SHA256.HashData(sent)) : sent;
        return CryptographicOperations.FixedTimeEquals(made, Encoding.ASCII.GetBytes(challenge));
    }
}
