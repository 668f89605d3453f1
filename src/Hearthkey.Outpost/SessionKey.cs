using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Hearthkey.Outpost;

/// <summary>The 256 random bits of a session id, as the browser has them; 32 bytes without an object around them.</summary>
internal readonly record struct SessionKey(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Characters of an id in a cookie: base64url of 32 bytes, unpadded.</summary>
    public const int TextLength = 43;

    public static SessionKey Create()
    {
        Span<byte> bytes = stackalloc byte[32];
        RandomNumberGenerator.Fill(bytes);
        return Read(bytes);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out SessionKey key)
    {
        key = default;
        Span<byte> bytes = stackalloc byte[32];
        if (text.Length != TextLength || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != 32)
            return false;
        key = Read(bytes);
        return true;
    }

    /// <summary>What the store knows the session by; the id cannot be had back from it.</summary>
    public string Hash()
    {
        Span<byte> hash = stackalloc byte[32];
        var self = this;
        SHA256.HashData(MemoryMarshal.AsBytes(new ReadOnlySpan<SessionKey>(in self)), hash);
        return Base64Url.EncodeToString(hash);
    }

    public override string ToString()
    {
        var self = this;
        return Base64Url.EncodeToString(MemoryMarshal.AsBytes(new ReadOnlySpan<SessionKey>(in self)));
    }

    // every bit is random already, and only our own ids are ever kept
    public override int GetHashCode() => (int)A;

    private static SessionKey Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<SessionKey>(bytes);
}
