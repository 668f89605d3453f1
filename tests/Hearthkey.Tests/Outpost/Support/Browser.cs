using System.Net;

namespace Hearthkey.Tests.Outpost.Support;

/// <summary>A browser with a cookie jar that knows host-only cookies, <c>Domain</c> and <c>__Host-</c>, in front of an nginx with the usual text.</summary>
internal sealed class Browser(OutpostSite site)
{
    private readonly List<(string Name, string Value, string Host, bool IsHostOnly)> _jar = [];

    public IEnumerable<string> CookieNames => _jar.Select(c => c.Name);

    public string Cookies(string host) => string.Join("; ", _jar
        .Where(c => c.IsHostOnly ? c.Host == host : host == c.Host || host.EndsWith("." + c.Host, StringComparison.Ordinal))
        .Select(c => $"{c.Name}={c.Value}"));

    public void Set(string host, string name, string value) => _jar.Add((name, value, host, true));

    public void Forget(string name) => _jar.RemoveAll(c => c.Name == name);

    /// <summary>The status of a check with this browser's cookies.</summary>
    public async Task<HttpResponseMessage> CheckAsync(string url) => await site.CheckAsync(url, "Cookie: " + Cookies(new Uri(url).Host));

    /// <summary>One request to the outpost's own paths, cookies kept.</summary>
    public async Task<HttpResponseMessage> GetAsync(string url, params string[] headers)
    {
        var response = await site.BrowseAsync(url, ["Cookie: " + Cookies(new Uri(url).Host), .. headers]);
        Keep(new Uri(url).Host, response);
        return response;
    }

    /// <summary>One request through a proxy that hands the answers of its checks to the browser; cookies kept.</summary>
    public async Task<HttpResponseMessage> AskAsync(string proxy, string url, params string[] headers)
    {
        var response = await site.AskAsync(proxy, url, ["Cookie: " + Cookies(new Uri(url).Host), .. headers]);
        Keep(new Uri(url).Host, response);
        return response;
    }

    /// <summary>Opens a page through such a proxy, signs in on the way where that is needed, and returns the addresses that were opened.</summary>
    public async Task<List<string>> OpenAsync(string proxy, string url, int user = 1)
    {
        List<string> opened = [];
        for (var hop = 0; hop < 8; hop++)
        {
            opened.Add(url);
            using var response = await AskAsync(proxy, url);
            if (response.StatusCode != HttpStatusCode.Redirect)
                return opened;
            url = response.Headers.Location!.OriginalString;
            if (url.StartsWith("https://auth.example.com/application/o/authorize/", StringComparison.Ordinal))
                url = site.Core.Authorize(url, user);
        }
        throw new InvalidOperationException("the login goes round");
    }

    /// <summary>Follows a login from <c>/start</c> to the page it leads to; the person is signed in at the server.</summary>
    public async Task<string> SignInAsync(string startUrl, int user = 1)
    {
        var url = startUrl;
        for (var hop = 0; hop < 8; hop++)
        {
            using var response = await GetAsync(url);
            response.StatusCode.ShouldBe(HttpStatusCode.Redirect, await response.Content.ReadAsStringAsync());
            var location = response.Headers.Location!.OriginalString;
            if (location.StartsWith("https://auth.example.com/application/o/authorize/", StringComparison.Ordinal))
                location = site.Core.Authorize(location, user);
            if (!location.Contains("/outpost.goauthentik.io/", StringComparison.Ordinal))
                return location;
            url = location;
        }
        throw new InvalidOperationException("the login goes round");
    }

    private void Keep(string host, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines))
            return;
        foreach (var line in lines)
        {
            var parts = line.Split("; ");
            var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
            var name = parts[0][..equals];
            var domain = parts.FirstOrDefault(p => p.StartsWith("Domain=", StringComparison.Ordinal))?[7..];
            (domain is not null && name.StartsWith("__Host-", StringComparison.Ordinal)).ShouldBeFalse("a browser drops such a cookie");
            _jar.RemoveAll(c => c.Name == name && c.Host == (domain ?? host) && c.IsHostOnly == (domain is null));
            if (!parts.Contains("Max-Age=0"))
                _jar.Add((name, parts[0][(equals + 1)..], domain ?? host, domain is null));
        }
    }
}
