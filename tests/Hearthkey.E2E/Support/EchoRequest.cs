namespace Hearthkey.E2E.Support;

/// <summary>What an <see cref="EchoApp"/> received. Header names are in lower case.</summary>
public sealed record EchoRequest(string App, string Method, string Path, string Query, Dictionary<string, string[]> Headers, long BodyLength, string BodySha256)
{
    /// <summary>The values of a header joined by a comma, or null if it did not come.</summary>
    public string? Header(string name) => Headers.TryGetValue(name.ToLowerInvariant(), out var values) ? string.Join(",", values) : null;
}
