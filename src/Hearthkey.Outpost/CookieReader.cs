using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>Finds cookies of one name in the header, byte for byte and without building a collection.</summary>
internal static class CookieReader
{
    /// <summary>How many cookies have exactly this name, and the first two values. A name with percent signs is another.</summary>
    public static int Read(StringValues header, string name, out ReadOnlySpan<char> first, out ReadOnlySpan<char> second)
    {
        first = second = default;
        var count = 0;
        for (var line = 0; line < header.Count; line++)
        {
            var rest = header[line].AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var pair = (end < 0 ? rest : rest[..end]).TrimStart(' ');
                rest = end < 0 ? default : rest[(end + 1)..];
                if (pair.Length <= name.Length || pair[name.Length] != '=' || !pair.StartsWith(name, StringComparison.Ordinal))
                    continue;
                if (count == 0)
                    first = pair[(name.Length + 1)..];
                else if (count == 1)
                    second = pair[(name.Length + 1)..];
                count++;
            }
        }
        return count;
    }
}
