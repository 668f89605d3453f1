namespace Hearthkey.Sessions;

/// <summary>A browser that somebody is signed in with, in wire shape.</summary>
public sealed record AuthenticatedSession(Guid Uuid, long User, string LastIp, string LastUserAgent, DateTimeOffset LastUsed, DateTimeOffset Expires)
{
    /// <summary>This request's own session.</summary>
    public bool Current { get; init; }

    public SessionAgent UserAgent => SessionAgent.Of(LastUserAgent);

    public string? GeoIp { get; init; }

    public string? Asn { get; init; }
}

/// <summary>What kind of browser it is, as far as its own words tell.</summary>
public sealed record SessionAgent(AgentPart Device, AgentPart Os, AgentPart UserAgent, string String)
{
    private static readonly string[] _browsers = ["Firefox", "Edg", "OPR", "Chrome", "Safari"];
    private static readonly string[] _systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"];

    public static SessionAgent Of(string text) => new(new("Other"), new(First(text, _systems)), new(First(text, _browsers)), text);

    private static string First(string text, string[] names) => names.FirstOrDefault(n => text.Contains(n, StringComparison.Ordinal)) switch
    {
        "Edg" => "Edge",
        "OPR" => "Opera",
        null => "Other",
        var name => name,
    };
}

/// <summary>One part of it; versions are not told apart.</summary>
public sealed record AgentPart(
    string Family, string Brand = "", string Model = "", string Major = "", string Minor = "", string Patch = "", string PatchMinor = "");
