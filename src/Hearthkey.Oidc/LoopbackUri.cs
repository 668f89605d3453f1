using System.Globalization;

namespace Hearthkey.Oidc;

/// <summary>The one exception from byte equality: a native app listens on whatever port it gets (RFC 8252 §7.3).</summary>
/// <remarks>Only the two IP literals; <c>localhost</c> is a name that somebody else may answer (§8.3).</remarks>
internal static class LoopbackUri
{
    private static readonly string[] _origins = ["http://127.0.0.1", "http://[::1]"];

    public static bool SameButForPort(string registered, string sent)
    {
        foreach (var origin in _origins)
            if (AfterPort(registered, origin) is { } path && AfterPort(sent, origin) is { } sentPath)
                return string.Equals(path, sentPath, StringComparison.Ordinal);
        return false;
    }

    /// <summary>What follows origin and port; null when the URI has another origin or no sensible port.</summary>
    private static string? AfterPort(string uri, string origin)
    {
        if (!uri.StartsWith(origin, StringComparison.Ordinal))
            return null;
        var rest = uri[origin.Length..];
        if (!rest.StartsWith(':'))
            return rest.Length == 0 || rest[0] is '/' or '?' ? rest : null;

        var digits = 1;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        var hasPort = digits is > 1 and <= 6 && int.Parse(rest.AsSpan(1, digits - 1), CultureInfo.InvariantCulture) is > 0 and <= 65535;
        return hasPort && (digits == rest.Length || rest[digits] is '/' or '?') ? rest[digits..] : null;
    }
}
