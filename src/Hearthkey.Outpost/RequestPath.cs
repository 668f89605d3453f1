using System.Text;

namespace Hearthkey.Outpost;

/// <summary>The path as the application behind the proxy will understand it, or "cannot be told".</summary>
internal static class RequestPath
{
    private static readonly UTF8Encoding _strict = new(false, true);

    /// <summary>
    /// Decodes the path once. False for everything that servers read in different ways: dot segments, empty segments, encoded slashes,
    /// dots, backslashes, percent signs, <c>;</c>, <c>#</c>, control characters, bad UTF-8, look-alikes of ASCII characters.
    /// Such a path counts as protected.
    /// </summary>
    public static bool TryNormalize(ReadOnlySpan<char> pathAndQuery, out string path)
    {
        path = "";
        var query = pathAndQuery.IndexOf('?');
        var raw = query < 0 ? pathAndQuery : pathAndQuery[..query];
        if (raw.IsEmpty || raw[0] != '/' || raw.Length > 4096 || raw.ContainsAny('\\', ';', '#'))
            return false;
        Span<byte> bytes = new byte[raw.Length];
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c is <= ' ' or >= '\x7f')
                return false;
            if (c == '%')
            {
                if (i + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2]))
                    return false;
                c = (char)Convert.FromHexString(raw.Slice(i + 1, 2))[0];
                if (c is < ' ' or '\x7f' or '/' or '\\' or '.' or '%' or ';' or '?' or '#')
                    return false;
                i += 2;
            }
            bytes[count++] = (byte)c;
        }
        if (!TryText(bytes[..count], out path))
            return false;
        return !path.Contains("//", StringComparison.Ordinal) && !HasDotSegment(path);
    }

    /// <summary>True for the outpost's own paths, counted in whole segments.</summary>
    public static bool IsOwn(string normalizedPath) =>
        normalizedPath.StartsWith(OutpostPaths.Prefix, StringComparison.Ordinal)
        && (normalizedPath.Length == OutpostPaths.Prefix.Length || normalizedPath[OutpostPaths.Prefix.Length] == '/');

    private static bool TryText(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        try
        {
            text = _strict.GetString(bytes);
            if (Ascii.IsValid(text))
                return true;
            // full-width dots and slashes become plain ones in servers that fold compatibility characters
            return AsciiCount(text.Normalize(NormalizationForm.FormKC)) == AsciiCount(text);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int AsciiCount(string text)
    {
        var count = 0;
        foreach (var c in text)
            count += c < '\x80' ? 1 : 0;
        return count;
    }

    private static bool HasDotSegment(string path)
    {
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(range) is "." or "..")
                return true;
        }
        return false;
    }
}
