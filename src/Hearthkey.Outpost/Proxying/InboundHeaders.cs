using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost.Proxying;

/// <summary>
/// Cleans what a client sent before it goes to an application: nothing that names a person, an address or the URL that was asked may come from
/// outside. Names are compared as the sloppiest application would: upper and lower case, and every sign that is no letter or digit, are one.
/// </summary>
internal static class InboundHeaders
{
    private const int LongestName = 64;

    private static readonly string[] _beginnings =
        ["x-authentik-", "x-forwarded-", "x-original-", "x-hearthkey-", "x-remote-", "x-webauth-", "x-auth-request-", "remote-"];

    private static readonly string[] _names = ["forwarded", "x-real-ip", "x-rewrite-url", "proxy", "proxy-authorization"];

    // RFC 9110 §7.6.1: what a client may not declare to be between it and us alone
    private static readonly string[] _endToEnd = ["close", "keep-alive", "upgrade", "host", "content-length", "transfer-encoding", "cookie", "authorization"];

    /// <summary>Removes what is ours to say, and what the client declared to be meant for us alone.</summary>
    /// <param name="more">Further names that are ours to say.</param>
    public static void Clean(IHeaderDictionary headers, IReadOnlyList<string> more)
    {
        List<string>? removed = null;
        foreach (var (name, _) in headers)
        {
            if (IsOurs(name) || (more.Count > 0 && IsAmong(more, name)))
                (removed ??= []).Add(name);
        }
        if (headers.Connection.Count > 0)
            (removed ??= []).AddRange(Nominated(headers.Connection));
        foreach (var name in removed ?? [])
            headers.Remove(name);
    }

    private static bool IsOurs(string name)
    {
        if (name[0] is not ('x' or 'X' or 'f' or 'F' or 'r' or 'R' or 'p' or 'P'))
            return false;
        Span<char> buffer = stackalloc char[LongestName];
        var plain = Plain(name, buffer);
        foreach (var beginning in _beginnings)
        {
            if (plain.StartsWith(beginning))
                return true;
        }
        foreach (var one in _names)
        {
            if (plain.SequenceEqual(one))
                return true;
        }
        return false;
    }

    private static bool IsAmong(IReadOnlyList<string> more, string name)
    {
        Span<char> buffer = stackalloc char[LongestName], other = stackalloc char[LongestName];
        var plain = Plain(name, buffer);
        foreach (var one in more)
        {
            if (one.Length == name.Length && Plain(one, other).SequenceEqual(plain))
                return true;
        }
        return false;
    }

    // longer names differ from ours in what is left
    private static ReadOnlySpan<char> Plain(string name, Span<char> buffer)
    {
        var length = Math.Min(name.Length, buffer.Length);
        for (var i = 0; i < length; i++)
            buffer[i] = char.IsAsciiLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '-';
        return buffer[..length];
    }

    private static List<string> Nominated(StringValues connection)
    {
        List<string> names = [];
        foreach (var line in connection)
        {
            if (line is null || line.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || line.Equals("upgrade", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var token in line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!_endToEnd.Contains(token, StringComparer.OrdinalIgnoreCase) && !token.StartsWith("Sec-", StringComparison.OrdinalIgnoreCase))
                    names.Add(token);
            }
        }
        return names;
    }
}
