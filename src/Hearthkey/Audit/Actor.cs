namespace Hearthkey.Audit;

/// <summary>Who did what an event tells of.</summary>
/// <param name="Pk">The person's key, or null for nobody known and for the server itself.</param>
/// <param name="ClientIp">Where the request came from, or null for the server itself.</param>
public sealed record Actor(long? Pk, string Username, string Email, string? ClientIp)
{
    /// <summary>The server itself: first start, jobs.</summary>
    public static readonly Actor Server = new(null, "", "", null);

    /// <summary>Somebody unknown at this address.</summary>
    public static Actor Unknown(string clientIp) => new(null, "", "", clientIp);
}
