using System.Globalization;

namespace Hearthkey.Outpost;

/// <summary>
/// The URL that was asked, determined once per request; application and cookie are chosen by its host alone. Canonical: host in lower case
/// and ASCII (IDNA), no trailing dot, no port where it is the scheme's own. Path and query stay as they were sent.
/// </summary>
public readonly record struct ForwardedUrl
{
    private readonly string? _text;
    private readonly int _hostStart;
    private readonly int _hostLength;
    private readonly int _keyLength;
    private readonly int _pathStart;

    private ForwardedUrl(string text, bool isHttps, int hostLength, int keyLength, int port, int pathStart)
    {
        _text = text;
        IsHttps = isHttps;
        _hostStart = isHttps ? 8 : 7;
        _hostLength = hostLength;
        _keyLength = keyLength;
        Port = port;
        _pathStart = pathStart;
    }

    /// <summary>The scheme that was sent; a proxy behind a tunnel may say http where the browser says https.</summary>
    public bool IsHttps { get; }

    /// <summary>The port, or 0 for the scheme's own.</summary>
    public int Port { get; }

    /// <summary>Host name without port; IPv6 in brackets.</summary>
    public ReadOnlySpan<char> HostName => _text.AsSpan(_hostStart, _hostLength);

    /// <summary>Host name, with the port unless it is the scheme's own: the key of an application.</summary>
    public ReadOnlySpan<char> Key => _text.AsSpan(_hostStart, _keyLength);

    /// <summary>Path and query as sent; starts with a slash, or is empty, or starts with <c>?</c> or <c>#</c>.</summary>
    public ReadOnlySpan<char> PathAndQuery => _text.AsSpan(_pathStart);

    /// <summary>False for the value that nothing was read into.</summary>
    public bool IsSet => _text is not null;

    /// <summary>Scheme and authority, with https where <paramref name="https"/> says that the outside speaks it.</summary>
    public string Origin(bool https)
    {
        var key = https && !IsHttps && Port == 443 ? HostName : Key;
        return string.Concat(https || IsHttps ? "https://" : "http://", key);
    }

    /// <summary>The canonical URL, shortened for reports.</summary>
    public override string ToString() => _text is null ? "" : _text.Length <= 300 ? _text : _text[..300];

    /// <summary>Reads an absolute http(s) URL. Never throws; user names, spaces, bad ports and bad host names are refused.</summary>
    public static bool TryParse(string? text, out ForwardedUrl url)
    {
        url = default;
        // no request target has a space or a control character in it; two values joined by a proxy have one
        if (text is null || text.Length > 16_384 || text.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0)
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
        var pathStart = length < 0 ? text.Length : start + length;
        var authority = text.AsSpan(start, pathStart - start);
        if (!HostText.TrySplit(authority, out var hostLength, out var port))
            return false;
        if (port == (https ? 443 : 80))
            port = 0;
        if (HostText.IsCanonical(authority[..hostLength]))
        {
            // a port written with leading zeros must not become another key
            var keyLength = port == 0 ? hostLength : authority.Length;
            if (port == 0 || authority.Length - hostLength - 1 == DigitsOf(port))
            {
                url = new ForwardedUrl(text, https, hostLength, keyLength, port, pathStart);
                return true;
            }
        }
        return HostText.TryCanonical(authority[..hostLength], out var host) && Rewrite(text, https, host, port, pathStart, out url);
    }

    /// <summary>Reads a <c>Host</c> header together with the scheme and the path it stands for.</summary>
    public static bool TryParse(bool https, string? authority, string pathAndQuery, out ForwardedUrl url)
    {
        url = default;
        if (string.IsNullOrEmpty(authority) || authority.AsSpan().ContainsAny('/', '?', '#'))
            return false;
        return TryParse(string.Concat(https ? "https://" : "http://", authority, pathAndQuery), out url);
    }

    private static bool Rewrite(string text, bool https, string host, int port, int pathStart, out ForwardedUrl url)
    {
        var key = port == 0 ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        var scheme = https ? "https://" : "http://";
        var canonical = string.Concat(scheme, key, text.AsSpan(pathStart));
        url = new ForwardedUrl(canonical, https, host.Length, key.Length, port, scheme.Length + key.Length);
        return true;
    }

    private static int DigitsOf(int port) => port < 10 ? 1 : port < 100 ? 2 : port < 1000 ? 3 : port < 10_000 ? 4 : 5;
}
