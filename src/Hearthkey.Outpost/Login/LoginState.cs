using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Outpost.Login;

/// <summary>
/// What a login carries through the browser as <c>state</c>: signed, short-lived, and of use only in the browser that started it, because
/// the secret in that browser's cookie is needed to check it and to make the PKCE verifier.
/// </summary>
/// <param name="ExpiresAt">End of life, whole seconds.</param>
/// <param name="Attempt">0 for a login that a person began; counts restarts, so that a browser without cookies does not go round.</param>
/// <param name="Nonce">16 random bytes.</param>
/// <param name="SecretHash">SHA-256 of the browser's secret.</param>
/// <param name="Origin">Where it started; the session is made there.</param>
/// <param name="Target">Where it leads.</param>
internal sealed record LoginState(DateTimeOffset ExpiresAt, byte Attempt, byte[] Nonce, byte[] SecretHash, string Origin, string Target)
{
    private const byte Format = 1;
    private const int FixedLength = 1 + 8 + 1 + 16 + 32 + 2;
    private const int MacLength = 32;

    /// <summary>Own choice: long enough to find a phone for a second factor, short enough that a forgotten tab starts anew.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    public static LoginState Create(DateTimeOffset now, byte attempt, string secret, string origin, string target) =>
        new(now + Life, attempt, RandomNumberGenerator.GetBytes(16), HashOf(secret), origin, target);

    /// <summary>True when this state was made for the browser that holds the secret.</summary>
    public bool BelongsTo(string? secret) => secret is not null && CryptographicOperations.FixedTimeEquals(HashOf(secret), SecretHash);

    /// <summary>The PKCE verifier (RFC 7636 §4.1): from key, nonce and the browser's secret, so nobody has to store it.</summary>
    public string Verifier(ProtectedSite site, string secret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(
            site.Provider.CookieKey.Span, [.. "pkce"u8, .. Nonce, .. Encoding.UTF8.GetBytes(secret)]));

    /// <summary>The signed text.</summary>
    public string Write(ProtectedSite site)
    {
        var origin = Encoding.UTF8.GetBytes(Origin);
        var target = Encoding.UTF8.GetBytes(Target);
        var bytes = new byte[FixedLength + origin.Length + target.Length + MacLength];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), ExpiresAt.ToUnixTimeSeconds());
        bytes[9] = Attempt;
        Nonce.CopyTo(bytes.AsSpan(10));
        SecretHash.CopyTo(bytes.AsSpan(26));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(58), (ushort)origin.Length);
        origin.CopyTo(bytes.AsSpan(FixedLength));
        target.CopyTo(bytes.AsSpan(FixedLength + origin.Length));
        Sign(site, bytes.AsSpan(0, bytes.Length - MacLength)).CopyTo(bytes.AsSpan(bytes.Length - MacLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what <see cref="Write"/> made for the same provider; null for all else. Expiry is the caller's to judge.</summary>
    public static LoginState? Read(ProtectedSite site, string? text)
    {
        if (text is null || text.Length > 16_384 || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < FixedLength + MacLength || bytes[0] != Format)
            return null;
        var signed = bytes.AsSpan(0, bytes.Length - MacLength);
        if (!CryptographicOperations.FixedTimeEquals(Sign(site, signed), bytes.AsSpan(signed.Length)))
            return null;
        int originLength = BinaryPrimitives.ReadUInt16BigEndian(signed[58..]);
        var texts = signed[FixedLength..];
        return new LoginState(
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(signed[1..])), signed[9],
            signed[10..26].ToArray(), signed[26..58].ToArray(),
            Encoding.UTF8.GetString(texts[..originLength]), Encoding.UTF8.GetString(texts[originLength..]));
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    // the client id is under the signature: two providers with one key do not take each other's states
    private static byte[] Sign(ProtectedSite site, ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(
        site.Provider.CookieKey.Span, [.. "state"u8, .. Encoding.UTF8.GetBytes(site.Provider.ClientId), 0, .. bytes]);
}
