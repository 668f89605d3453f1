using System.Text;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>Reads the <c>Authorization</c> header: Bearer (RFC 6750 §2.1) and Basic (RFC 7617). Every other scheme is the application's and counts as absent.</summary>
/// <param name="Username">Of Basic; null for a bearer token.</param>
/// <param name="Secret">Null where the header is of one of the two schemes and cannot be read.</param>
internal readonly record struct HeaderCredentials(string? Username, string? Secret)
{
    /// <summary>Own choice: twice the largest token that we issue.</summary>
    private const int Longest = 32 * 1024;

    private const string Basic = "Basic ", Bearer = "Bearer ";

    private static readonly UTF8Encoding _strict = new(false, true);

    /// <summary>Names nothing secret; a record's own text would show the secret.</summary>
    public override string ToString() => Username is null ? "a bearer token" : "an app password";

    /// <summary>False where there is none of ours.</summary>
    public static bool TryRead(StringValues header, out HeaderCredentials credentials)
    {
        credentials = default;
        if (header.Count != 1 || header[0] is not { Length: > 0 and < Longest } text)
            return false;
        if (text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            var token = text[Bearer.Length..].Trim(' ');
            credentials = new(null, token.Length > 0 ? token : null);
            return true;
        }
        if (!text.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return false;
        credentials = ReadBasic(text.AsSpan(Basic.Length).Trim(' '));
        return true;
    }

    private static HeaderCredentials ReadBasic(ReadOnlySpan<char> encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return default;
        try
        {
            var text = _strict.GetString(bytes, 0, length);
            // a password may have colons, a name none
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && colon < text.Length - 1 ? new(text[..colon], text[(colon + 1)..]) : default;
        }
        catch (DecoderFallbackException)
        {
            return default;
        }
    }
}
