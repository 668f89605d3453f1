using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Hearthkey.Oidc.Jose;

/// <summary>Reads a compact JWS that we ourselves signed (RFC 7515 §5.2, RFC 8725). The key alone decides the algorithm; nothing
/// in the header is followed.</summary>
internal static class JwtReader
{
    /// <summary>Own choice: many times what we sign, small enough to be read by anybody at no cost.</summary>
    private const int LongestToken = 16 * 1024;

    private static readonly SearchValues<char> _alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The payload before anything was checked: good for finding whose token it claims to be, for nothing else.</summary>
    public static JsonElement? Peek(string token) => Split(token) is { } parts ? Parse(parts.Payload) : null;

    /// <summary>The payload of a token of this type, signed for this client by one of its keys; null when anything is wrong.</summary>
    public static JsonElement? Verify(string token, string type, Client client)
    {
        if (Split(token) is not { } parts || Parse(parts.Header) is not { } header)
            return null;
        if (!IsText(header, "typ", type) || header.TryGetProperty("crit", out _))
            return null;

        var signer = KeysOf(client).FirstOrDefault(key => IsText(header, "alg", key.Name) && IsText(header, "kid", key.KeyId));
        if (signer is null || Decode(parts.Signature) is not { } signature)
            return null;
        return signer.Verify(Encoding.ASCII.GetBytes(parts.Content), signature) ? Parse(parts.Payload) : null;
    }

    private static IEnumerable<SignatureAlgorithm> KeysOf(Client client)
    {
        if (client.Signer is { } current)
            yield return current;
        foreach (var retired in client.RetiredKeys)
            yield return retired.Signer;
    }

    private static (string Content, string Header, string Payload, string Signature)? Split(string token)
    {
        if (token.Length > LongestToken || token.AsSpan().ContainsAnyExcept(_alphabet))
            return null;
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last - first < 2 || last == token.Length - 1 || token.AsSpan(first + 1, last - first - 1).Contains('.'))
            return null;
        return (token[..last], token[..first], token[(first + 1)..last], token[(last + 1)..]);
    }

    private static byte[]? Decode(string segment)
    {
        try
        {
            return Base64Url.DecodeFromChars(segment);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonElement? Parse(string segment)
    {
        if (Decode(segment) is not { } json)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json, _strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the member is this text; for null, whether it is absent.</summary>
    private static bool IsText(JsonElement json, string name, string? expected) => json.Text(name) == expected
        && (expected is not null || !json.TryGetProperty(name, out _));
}
