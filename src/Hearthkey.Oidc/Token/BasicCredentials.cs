using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Hearthkey.Oidc.Token;

/// <summary>Client id and secret from a Basic header (RFC 6749 §2.3.1, RFC 7617 §2).</summary>
/// <param name="ClientId">Form-decoded.</param>
/// <param name="Secret">Form-decoded.</param>
/// <param name="RawSecret">As it stands in the header: many clients forget to encode, and a secret with <c>+</c> or <c>%</c>
/// would never match.</param>
internal sealed record BasicCredentials(string ClientId, string Secret, string RawSecret)
{
    private const string Scheme = "Basic ";

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryRead(string authorization, [NotNullWhen(true)] out BasicCredentials? credentials)
    {
        credentials = null;
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var encoded = authorization.AsSpan(Scheme.Length).Trim(' ');
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length) || Decode(bytes.AsSpan(0, length)) is not { } text)
            return false;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return false;
        credentials = new(WebUtility.UrlDecode(text[..colon]), WebUtility.UrlDecode(text[(colon + 1)..]), text[(colon + 1)..]);
        return true;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
