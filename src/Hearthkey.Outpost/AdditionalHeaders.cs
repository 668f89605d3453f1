using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>
/// The headers a user's attributes add to every 200. Names that are no header names, and those that would break the answer itself
/// (framing, content, connection, cookies, caching) or are ours to say, are left out.
/// </summary>
public sealed class AdditionalHeaders : IEquatable<AdditionalHeaders>
{
    private static readonly FrozenSet<string> _reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "Connection", "Allow", "Expires", "Last-Modified", "Transfer-Encoding", "Keep-Alive", "Upgrade",
        "Trailer", "TE", "Set-Cookie", "Cache-Control", "Location", "Host", "Date", "Server");

    private AdditionalHeaders(KeyValuePair<string, StringValues>[] headers) => Headers = headers;

    internal KeyValuePair<string, StringValues>[] Headers { get; }

    /// <summary>
    /// Reads <c>additionalHeaders</c> from merged attributes. Strings are sent as they are, null as empty, all else as JSON text.
    /// </summary>
    /// <returns>Null when there is no such object or nothing in it can be sent.</returns>
    public static AdditionalHeaders? Read(JsonElement attributes)
    {
        if (attributes.ValueKind != JsonValueKind.Object || !attributes.TryGetProperty("additionalHeaders", out var map)
            || map.ValueKind != JsonValueKind.Object)
            return null;
        var headers = new List<KeyValuePair<string, StringValues>>();
        foreach (var entry in map.EnumerateObject())
        {
            if (!IsFree(entry.Name))
                continue;
            var text = entry.Value.ValueKind switch
            {
                JsonValueKind.String => entry.Value.GetString(),
                JsonValueKind.Null => "",
                _ => entry.Value.GetRawText(),
            };
            headers.Add(new(entry.Name, Identity.Clean(text)));
        }
        return headers.Count == 0 ? null : new AdditionalHeaders([.. headers]);
    }

    /// <summary>True for a header name that answers and requests do not need for themselves.</summary>
    internal static bool IsFree(string name) => IsName(name) && !_reserved.Contains(name)
        && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("X-Hearthkey-", StringComparison.OrdinalIgnoreCase);

    public bool Equals(AdditionalHeaders? other)
    {
        if (other is null || other.Headers.Length != Headers.Length)
            return false;
        for (var i = 0; i < Headers.Length; i++)
        {
            if (Headers[i].Key != other.Headers[i].Key || Headers[i].Value != other.Headers[i].Value)
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as AdditionalHeaders);

    public override int GetHashCode() => Headers.Length == 0 ? 0 : HashCode.Combine(Headers.Length, Headers[0].Key);

    // RFC 9110 §5.6.2 token, without the underscore: it would be a twin of the name with a dash
    private static bool IsName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^`|~".Contains(c, StringComparison.Ordinal))
                return false;
        }
        return name.Length is > 0 and <= 100;
    }
}
