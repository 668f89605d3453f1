using System.Text.Json.Nodes;
using Hearthkey.Hosting;

namespace Hearthkey.Audit;

/// <summary>Who did what an event tells of, and from where.</summary>
/// <param name="Pk">The person's key, or null for nobody known and for the server itself.</param>
/// <param name="ClientIp">Where the request came from, or null for the server itself.</param>
public sealed record Actor(long? Pk, string Username, string Email, string? ClientIp)
{
    /// <summary>The server itself: first start, jobs.</summary>
    public static readonly Actor Server = new(null, "", "", null);

    /// <summary>The brand by which the request came, as JSON; an empty object for the server itself.</summary>
    public string Brand { get; private init; } = "{}";

    /// <summary>The server itself, in what concerns the hosts of one brand.</summary>
    public static Actor ServerUnder(JsonObject brand) => Server with { Brand = brand.ToJsonString() };

    /// <summary>Somebody unknown at this address.</summary>
    public static Actor Unknown(string clientIp) => new(null, "", "", clientIp);

    /// <summary>Somebody unknown who sent this request.</summary>
    public static Actor Unknown(HttpContext request) => Of(request, null, "", "");

    /// <summary>Who sent this request.</summary>
    public static Actor Of(HttpContext request, long? pk, string username, string email) => new(pk, username, email, request.Edge().Client.ToString())
    {
        Brand = request.RequestServices.GetService<BrandOfRequest>()?.Find(request).ToJsonString() ?? "{}",
    };
}
