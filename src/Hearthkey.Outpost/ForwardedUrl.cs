using System.Globalization;

namespace Hearthkey.Outpost;

/// <summary>
/// The URL that was asked, determined once per request; application and cookie are chosen by its host alone. Canonical: host in lower case
/// and ASCII (IDNA), no trailing dot, no port where it is the scheme's own. Path and query stay as they were sent.
/// </summary>
public readonly record struct ForwardedUrl
{
    // authority and path are two strings where two headers brought them: joining them would be a copy at each check
    private readonly string? _authority;
    private readonly string? _path;
    private readonly int _hostStart;
    private readonly int _hostLength;
    private readonly int _keyLength;
    private readonly int _pathStart;

    private ForwardedUrl(bool isHttps, string authority, int hostStart, int hostLength, int keyLength, int port, string path, int pathStart)
    {
        IsHttps = isHttps;
        _authority = authority;
        _hostStart = hostStart;
        _hostLength = hostLength;
        _keyLength = keyLength;
        Port = port;
        _path = path;
        _pathStart = pathStart;
    }

    /// <summary>The scheme that was sent; a proxy behind a tunnel may say http where the browser says https.</summary>
    public bool IsHttps { get; }

    /// <summary>The port, or 0 for the scheme's own.</summary>
    public int Port { get; }

    /// <summary>Host name without port; IPv6 in brackets.</summary>
    public ReadOnlySpan<char> HostName => _authority.AsSpan(_hostStart, _hostLength);

    /// <summary>Host name, with the port unless it is the scheme's own: the key of an application.</summary>
    public ReadOnlySpan<char> Key => _authority.AsSpan(_hostStart, _keyLength);

    /// <summary>Path and query as sent; starts with a slash, or is empty, or starts with <c>?</c> or <c>#</c>.</summary>
    public ReadOnlySpan<char> PathAndQuery => _path.AsSpan(_pathStart);

    /// <summary>False for the value that nothing was read into.</summary>
    public bool IsSet => _authority is not null;

    /// <summary>Scheme and authority, with https where <paramref name="https"/> says that the outside speaks it.</summary>
    public string Origin(bool https)
    {
        var key = https && !IsHttps && Port == 443 ? HostName : Key;
        return string.Concat(https || IsHttps ? "https://" : "http://", key);
    }

    /// <summary>The canonical URL, shortened for reports.</summary>
    public override string ToString()
    {
        if (!IsSet)
            return "";
        var text = string.Concat(IsHttps ? "https://" : "http://", Key, PathAndQuery);
        return text.Length <= 300 ? text : text[..300];
    }

    /// <summary>Reads an absolute http(s) URL. Never throws; user names, spaces, bad ports and bad host names are refused.</summary>
    public static bool TryParse(string? text, out ForwardedUrl url)
    {
        url = default;
        if (text is null || !IsClean(text))
            return false;
        bool https;
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            https = true;
        else if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            https = false;
        else
            return false;

        var start = https ? 8 : 7;
        var length = text.AsSpan(start).IndexOfAny('/', '?', '#');
        return TryCreate(https, text, start, length < 0 ? text.Length - start : length, text, length < 0 ? text.Length : start + length, out url);
    }

    /// <summary>Reads a <c>Host</c> header together with the scheme and the path it stands for, without a copy of either.</summary>
    public static bool TryParse(bool https, string? authority, string pathAndQuery, out ForwardedUrl url)
    {
        url = default;
        if (string.IsNullOrEmpty(authority) || authority.AsSpan().ContainsAny('/', '?', '#') || !IsClean(authority) || !IsClean(pathAndQuery)
            || (pathAndQuery.Length > 0 && pathAndQuery[0] is not ('/' or '?' or '#')))
            return false;
        return TryCreate(https, authority, 0, authority.Length, pathAndQuery, 0, out url);
    }

    // no request target has a space or a control character in it; two values joined by a proxy have one
    private static bool IsClean(string text) => text.Length <= 16_384 && text.AsSpan().IndexOfAnyInRange('\0', ' ') < 0;

    private static bool TryCreate(bool https, string text, int start, int length, string path, int pathStart, out ForwardedUrl url)
    {
        url = default;
        var authority = text.AsSpan(start, length);
        if (!HostText.TrySplit(authority, out var hostLength, out var port))
            return false;
        if (port == (https ? 443 : 80))
            port = 0;
        // a port written with leading zeros must not become another key
        if (HostText.IsCanonical(authority[..hostLength]) && (port == 0 || authority.Length - hostLength - 1 == DigitsOf(port)))
        {
            url = new ForwardedUrl(https, text, start, hostLength, port == 0 ? hostLength : authority.Length, port, path, pathStart);
            return true;
        }
        if (!HostText.TryCanonical(authority[..hostLength], out var host))
            return false;
        var key = port == 0 ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        url = new ForwardedUrl(https, key, 0, host.Length, key.Length, port, path, pathStart);
        return true;
    }

    private static int DigitsOf(int port) => port < 10 ? 1 : port < 100 ? 2 : port < 1000 ? 3 : port < 10_000 ? 4 : 5;
}
