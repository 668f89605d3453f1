namespace Hearthkey.Outpost;

/// <summary>Query arguments by exact key: ASP.NET's collection does not tell upper from lower case.</summary>
internal static class RawQuery
{
    /// <summary>True when the key is there with the value <c>true</c> in any case.</summary>
    public static bool HasFlag(string? query, string key) =>
        TryFind(query, key, out var value, out _) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first value, decoded once; null where the key is missing or written twice.</summary>
    public static string? Single(string? query, string key)
    {
        if (!TryFind(query, key, out var value, out var rest) || TryFind(rest, key, out _, out _))
            return null;
        return Uri.UnescapeDataString(value.ToString());
    }

    /// <summary>
    /// The return address. Proxies paste it in without encoding, so its own arguments look like ours: then everything after <c>rd=</c> is
    /// meant. An encoded one ends at the next <c>&amp;</c>.
    /// </summary>
    public static string? ReturnAddress(string? query)
    {
        if (!TryFind(query, "rd", out var value, out var rest))
            return null;
        var tail = rest is null ? value : string.Concat(value, "&", rest.AsSpan(1));
        return IsPastedIn(value) ? tail.ToString() : Uri.UnescapeDataString(value.ToString());
    }

    private static bool IsPastedIn(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("/"))
            return value.Contains('?') || !(Has(value, "%3F") || Has(value, "%26") || Has(value, "%2F"));
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme is < 0 or > 5)
            return false;
        // ingress-nginx writes scheme and host plainly and encodes from the first slash on
        var authority = value[(scheme + 3)..];
        var end = authority.IndexOfAny('/', '?', '#');
        return !(end < 0 ? authority : authority[..end]).Contains('%');
    }

    private static bool Has(ReadOnlySpan<char> value, string part) => value.Contains(part, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the first pair with this key; <paramref name="rest"/> starts at the ampersand behind it.</summary>
    private static bool TryFind(string? query, string key, out ReadOnlySpan<char> value, out string? rest)
    {
        value = default;
        rest = null;
        for (var start = 1; query is not null && start < query.Length;)
        {
            var end = query.IndexOf('&', start);
            var pair = query.AsSpan(start, (end < 0 ? query.Length : end) - start);
            if (pair.StartsWith(key, StringComparison.Ordinal) && pair.Length > key.Length && pair[key.Length] == '=')
            {
                value = pair[(key.Length + 1)..];
                rest = end < 0 ? null : query[end..];
                return true;
            }
            if (end < 0)
                break;
            start = end + 1;
        }
        return false;
    }
}
