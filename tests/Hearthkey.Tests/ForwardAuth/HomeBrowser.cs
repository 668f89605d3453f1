using System.Net;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>A person's browser in front of an nginx with the usual text: keeps cookies by host and follows redirects between application and login.</summary>
internal sealed class HomeBrowser(ForwardAuthSite site, string? session = null)
{
    private readonly Dictionary<(string Host, string Name), string> _jar = [];

    /// <summary>The sign-in session at the server; null for nobody.</summary>
    public string? Session { get; set; } = session;

    public static async Task<HomeBrowser> OfAsync(ForwardAuthSite site, long user) => new(site, await site.Server.SignInAsync(user));

    public Task<HttpResponseMessage> CheckAsync(string url) => site.CheckAsync(url, "Cookie: " + Cookies(new Uri(url).Host));

    public async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var response = await CheckAsync(url);
        return response.StatusCode;
    }

    /// <summary>Opens a page of the application as a person does: where the check says 401, the login begins. Returns where it ends.</summary>
    public async Task<(HttpResponseMessage Response, string Url)> OpenAsync(string url)
    {
        var (current, here) = (await CheckAsync(url), url);
        if (current.StatusCode != HttpStatusCode.Unauthorized) return (current, url);
        var host = new Uri(url);
        here = $"{host.Scheme}://{host.Authority}/outpost.goauthentik.io/start?rd={url}";
        for (var hop = 0; hop < 10; hop++)
        {
            current = await GetAsync(here);
            if (current.Headers.Location is not { } location) return (current, here);
            here = new Uri(new Uri(here), location.OriginalString).AbsoluteUri;
            if (!here.Contains("/outpost.goauthentik.io/", StringComparison.Ordinal) && !here.StartsWith(ProviderSite.Origin, StringComparison.Ordinal))
                return (await CheckAsync(here), here);
        }
        throw new InvalidOperationException("the login goes round");
    }

    /// <summary>One request to the outpost's own paths or to the server.</summary>
    public async Task<HttpResponseMessage> GetAsync(string url)
    {
        var uri = new Uri(url);
        if (url.StartsWith(ProviderSite.Origin, StringComparison.Ordinal)) return await site.Server.SendAsync(HttpMethod.Get, uri.PathAndQuery, cookie: Session);
        var raw = url[(uri.Scheme.Length + 3 + uri.Authority.Length)..];
        var response = await site.SendAsync(raw, uri.Authority, "X-Original-URL: " + url, "Accept: text/html", "Cookie: " + Cookies(uri.Host));
        foreach (var line in response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (line.Contains("Max-Age=0", StringComparison.Ordinal)) _jar.Remove((uri.Host, pair[0]));
            else _jar[(uri.Host, pair[0])] = pair[1];
        }
        return response;
    }

    private string Cookies(string host) => string.Join("; ", _jar.Where(c => c.Key.Host == host).Select(c => $"{c.Key.Name}={c.Value}"));
}
