namespace Hearthkey.Hosting;

/// <summary>Who may call a route: metadata on every endpoint, listed in the committed route inventory.</summary>
/// <param name="Who">One of the constants below.</param>
public sealed record Access(string Who)
{
    /// <summary>Anybody, signed in or not.</summary>
    public static readonly Access Anyone = new("anyone");

    /// <summary>An application that proves itself by its client credentials.</summary>
    public static readonly Access Client = new("client");

    /// <summary>The bearer of an access token.</summary>
    public static readonly Access Bearer = new("access token");

    /// <summary>Any signed-in person; what they see is limited to themselves and what they may open.</summary>
    public static readonly Access Person = new("signed in");

    /// <summary>Members of a superuser group only.</summary>
    public static readonly Access Admin = new("admin");
}
