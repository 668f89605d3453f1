using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Proxying;

/// <summary>Says what an application is told: who is there, and where the request came from as far as we believe it.</summary>
internal sealed class OutboundHeaders(OutpostOptions options, IdentityHeaders identities)
{
    /// <summary>Goes to applications with <see cref="_mark"/>: a request that comes in with it goes round.</summary>
    private const string Hop = "X-Hearthkey-Hop";

    // nobody who has not been told can pretend
    private readonly string _mark = SessionKey.Create().ToString();

    public bool HasPassed(HttpRequest request) => request.Headers[Hop] == _mark;

    /// <summary>Takes out of the request all that is ours to say.</summary>
    public static void Clean(HttpContext context, ProtectedSite site, in Passage passage)
    {
        var headers = context.Request.Headers;
        var identity = passage.Identity;
        // what somebody proved themselves with is not for the application; neither is anything, where it gets a login of ours
        if (passage.Program is not null || identity?.Authorization is not null)
            headers.Authorization = default;
        InboundHeaders.Clean(headers, identity?.Additional is { } additional
            ? [.. site.HeaderNames, .. additional.Headers.Select(header => header.Key)] : site.HeaderNames);
        OwnCookies.RemoveFrom(context.Request);
    }

    /// <summary>Adds what we say to the request that goes on.</summary>
    public void Add(HttpContext context, ProtectedSite site, Identity? identity, HttpRequestMessage to)
    {
        var client = options.Client(context).Address;
        var address = (client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client).ToString();
        to.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        to.Headers.TryAddWithoutValidation("X-Real-IP", address);
        to.Headers.TryAddWithoutValidation("X-Forwarded-Host", site.Authority);
        to.Headers.TryAddWithoutValidation("X-Forwarded-Proto", site.IsHttps ? "https" : "http");
        to.Headers.TryAddWithoutValidation(Hop, _mark);
        // nobody's request carries no names at all: an empty one might be somebody to an application
        if (identity is null)
            return;
        foreach (var (name, value) in Of(site, identity))
        {
            // the person's own attributes come last, and may name any of the above
            if (identity.Additional is not null)
                to.Headers.Remove(name);
            if (!to.Headers.TryAddWithoutValidation(name, value))
                to.Content?.Headers.TryAddWithoutValidation(name, value);
        }
    }

    // what is signed holds for minutes only; all else is the same as long as the identity is
    private KeyValuePair<string, string>[] Of(ProtectedSite site, Identity identity)
    {
        if (identity.Statements is not null)
            return Make(site, identity);
        if (!site.Told.TryGetValue(identity, out var told))
            site.Told.AddOrUpdate(identity, told = Make(site, identity));
        return told;
    }

    private KeyValuePair<string, string>[] Make(ProtectedSite site, Identity identity)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        identities.Write(headers, site, identity);
        // a login that is blank is none
        if (headers.Authorization is [{ Length: 0 }])
            headers.Authorization = default;
        return [.. headers.Select(header => KeyValuePair.Create(header.Key, OnTheWire(header.Value.ToString())))];
    }

    // bytes of headers go through as Latin-1; those of names are UTF-8
    private static string OnTheWire(string value) => Ascii.IsValid(value) ? value : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value));
}
