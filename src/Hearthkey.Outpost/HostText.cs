using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hearthkey.Outpost;

/// <summary>Host names as they arrive: splitting from the port, and one canonical spelling. Nothing here throws.</summary>
internal static class HostText
{
    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true };
    private static readonly SearchValues<char> _never = SearchValues.Create("\\/@%: \t\"<>|^`{}[]?#");

    /// <summary>Splits <c>host[:port]</c>; port 0 where none is written.</summary>
    public static bool TrySplit(ReadOnlySpan<char> authority, out int hostLength, out int port)
    {
        port = 0;
        hostLength = authority.Length;
        if (authority.IsEmpty || authority.Length > 300)
            return false;
        if (authority[0] == '[')
        {
            hostLength = authority.IndexOf(']') + 1;
            if (hostLength == 0)
                return false;
        }
        else
        {
            var colon = authority.IndexOf(':');
            if (colon >= 0)
                hostLength = colon;
        }
        if (hostLength == authority.Length)
            return true;
        var digits = authority[(hostLength + 1)..];
        return hostLength > 0 && authority[hostLength] == ':' && digits.Length is > 0 and <= 6
            && digits.IndexOfAnyExceptInRange('0', '9') < 0
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
    }

    /// <summary>True when the name is already what <see cref="TryCanonical"/> would make of it: the usual case, without any copy.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> host)
    {
        if (host.IsEmpty || host.Length > 253 || host[^1] == '.' || host[0] is '.' or '-')
            return false;
        var previous = '\0';
        foreach (var c in host)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_') || (c == '.' && previous == '.'))
                return false;
            previous = c;
        }
        return !host.StartsWith("xn--", StringComparison.Ordinal) && host.IndexOf(".xn--", StringComparison.Ordinal) < 0;
    }

    /// <summary>Lower case, IDNA to ASCII, one trailing dot removed, IPv6 in its shortest form.</summary>
    public static bool TryCanonical(ReadOnlySpan<char> host, out string canonical)
    {
        canonical = "";
        if (host.IsEmpty || host.Length > 253)
            return false;
        if (host[0] == '[')
            return TryAddress(host, out canonical);
        if (host[^1] == '.')
            host = host[..^1];
        if (host.ContainsAny(_never) || host.IndexOfAnyInRange('\0', ' ') >= 0)
            return false;
        canonical = host.ToString().ToLowerInvariant();
        if (IsCanonical(canonical))
            return true;
        try
        {
            canonical = _idn.GetAscii(canonical).ToLowerInvariant();
            // a label that only looks encoded must decode, or two spellings of one name would be two hosts
            _ = _idn.GetUnicode(canonical);
        }
        catch (ArgumentException)
        {
            return false;
        }
        return canonical.Length is > 0 and <= 253 && canonical[0] != '.' && !canonical.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>True when <paramref name="host"/> is the domain itself or a name below it, counted in labels.</summary>
    public static bool IsWithin(ReadOnlySpan<char> host, ReadOnlySpan<char> domain)
    {
        if (domain.IsEmpty || !host.EndsWith(domain, StringComparison.Ordinal))
            return false;
        return host.Length == domain.Length || host[host.Length - domain.Length - 1] == '.';
    }

    private static bool TryAddress(ReadOnlySpan<char> host, out string canonical)
    {
        canonical = "";
        if (host.Length < 4 || host[^1] != ']' || host.Contains('%') || !IPAddress.TryParse(host[1..^1], out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        canonical = $"[{address}]";
        return true;
    }
}
