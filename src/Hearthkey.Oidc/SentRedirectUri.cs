using System.Buffers;

namespace Hearthkey.Oidc;

/// <summary>What any redirect URI must be, whatever is registered (RFC 6749 §3.1.2, RFC 9700 §2.1).</summary>
internal static class SentRedirectUri
{
    private static readonly SearchValues<char> _printable =
        SearchValues.Create("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Schemes that make the browser run what they carry.</summary>
    private static readonly string[] _forbidden = ["javascript", "data", "vbscript"];

    /// <summary>Why this can be nobody's redirect URI, as a sentence; null when it can.</summary>
    public static string? ProblemOf(string uri)
    {
        if (uri.AsSpan().ContainsAnyExcept(_printable))
            return "A redirect URI has only printable ASCII characters, and no space or backslash.";
        if (uri.Contains('#', StringComparison.Ordinal))
            return "A redirect URI has no fragment (the part after #).";
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
            || !uri.StartsWith(parsed.Scheme + ":", StringComparison.OrdinalIgnoreCase))
            return "A redirect URI is absolute: it begins with a scheme such as https://.";
        if (_forbidden.Contains(parsed.Scheme, StringComparer.OrdinalIgnoreCase))
            return $"The scheme {parsed.Scheme}: is never allowed.";
        if (parsed.UserInfo.Length > 0)
            return "A redirect URI has no user name or password in it.";
        var isWeb = parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp;
        return isWeb && !uri.StartsWith(parsed.Scheme + "://", StringComparison.OrdinalIgnoreCase)
            ? "Two slashes follow http: and https:."
            : null;
    }

    /// <summary>Whether a server could read the path as another one (<c>..</c>, <c>..;</c>, encoded slashes): a pattern that
    /// ends in <c>.*</c> must not reach the whole host.</summary>
    public static bool ClimbsOutOfItsPath(string uri)
    {
        var path = Uri.UnescapeDataString(uri.Split('?', 2)[0]);
        return path.Contains('\\', StringComparison.Ordinal)
            || uri.Split('?', 2)[0].Contains("%2f", StringComparison.OrdinalIgnoreCase)
            || path.Split('/').Any(segment => segment.Split(';')[0] is "." or "..");
    }
}
