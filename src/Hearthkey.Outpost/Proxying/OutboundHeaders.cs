using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Proxying;

/// <summary>Writes what an application is told: who is there, and where the request came from as far as we believe it.</summary>
internal sealed class OutboundHeaders(OutpostOptions options, IdentityHeaders identities)
{
    /// <summary>Goes to applications with <see cref="_mark"/>: a request that comes in with it goes round.</summary>
    private const string Hop = "X-Hearthkey-Hop";

    // nobody who has not been told can pretend
    private readonly string _mark = SessionKey.Create().ToString();

    public bool HasPassed(HttpRequest request) => request.Headers[Hop] == _mark;

    public void Write(HttpContext context, ProtectedSite site, in Passage passage)
    {
        var headers = context.Request.Headers;
        var identity = passage.Identity;
        // what somebody proved themselves with is not for the application
        if (passage.Program is not null)
            headers.Authorization = default;
        InboundHeaders.Clean(headers, [.. site.Provider.HeaderNames.All, .. identity?.Additional?.Headers.Select(header => header.Key) ?? []]);
        OwnCookies.RemoveFrom(context.Request);
        var client = options.Client(context).Address;
        var address = (client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client).ToString();
        headers["X-Forwarded-For"] = address;
        headers["X-Real-IP"] = address;
        headers[Hop] = _mark;
        headers["X-Forwarded-Host"] = site.Authority;
        headers["X-Forwarded-Proto"] = site.IsHttps ? "https" : "http";
        // nobody's request carries no names at all: an empty one might be somebody to an application
        if (identity is null)
            return;
        identities.Write(headers, site, identity);
        // a login that is blank is none
        if (headers.Authorization is [{ Length: 0 }])
            headers.Authorization = default;
        foreach (var name in IdentityHeaders.Personal.Concat(site.Provider.HeaderNames.All))
            headers[name] = OnTheWire(headers[name].ToString());
        foreach (var header in identity.Additional?.Headers ?? [])
            headers[header.Key] = OnTheWire(header.Value.ToString());
    }

    // bytes of headers go through as Latin-1; those of names are UTF-8
    private static string OnTheWire(string value) => Ascii.IsValid(value) ? value : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value));
}
