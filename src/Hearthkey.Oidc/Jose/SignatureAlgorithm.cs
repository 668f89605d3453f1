using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Oidc.Jose;

/// <summary>One signature algorithm with its key (RFC 7518 §3). Safe to use from many threads.</summary>
internal abstract class SignatureAlgorithm
{
    // written at first use: a secret that only verifies needs none
    private byte[]? _identityHeader;
    private byte[]? _accessHeader;
    private byte[]? _statementHeader;

    protected SignatureAlgorithm(string name, string? keyId, HashAlgorithmName hash)
    {
        Name = name;
        KeyId = keyId;
        Hash = hash;
    }

    /// <summary>The value of <c>alg</c>.</summary>
    public string Name { get; }

    /// <summary>The value of <c>kid</c>; none for a client secret.</summary>
    public string? KeyId { get; }

    public HashAlgorithmName Hash { get; }

    public abstract int SignatureSize { get; }

    public abstract void Sign(ReadOnlySpan<byte> content, Span<byte> signature);

    public abstract bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature);

    /// <summary>The first segment of a token, encoded.</summary>
    public ReadOnlySpan<byte> EncodedHeader(string type) => type switch
    {
        TokenType.Access => _accessHeader ??= Header(TokenType.Access),
        TokenType.Statement => _statementHeader ??= Header(TokenType.Statement),
        _ => _identityHeader ??= Header(TokenType.Identity),
    };

    /// <summary>Left half of the hash of a token's characters, for <c>at_hash</c> (OpenID Connect Core §3.1.3.6).</summary>
    public string HalfHash(string token)
    {
        var digest = CryptographicOperations.HashData(Hash, Encoding.ASCII.GetBytes(token));
        return Base64Url.EncodeToString(digest.AsSpan(0, digest.Length / 2));
    }

    private byte[] Header(string type) => Base64Url.EncodeToUtf8(Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("alg", Name);
        if (KeyId is not null)
            writer.WriteString("kid", KeyId);
        writer.WriteString("typ", type);
        writer.WriteEndObject();
    }));
}
