using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>A person without a browser: signs in through the default flow's forms and keeps the cookies.</summary>
public sealed partial class SignedIn : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    private SignedIn(HostMap? hosts)
    {
        var handler = new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = true, UseProxy = false };
        if (hosts is not null) handler.ConnectCallback = async (to, ct) => new NetworkStream(await hosts.ConnectAsync(to.DnsEndPoint.Host, to.DnsEndPoint.Port, ct), ownsSocket: true);
        _client = new HttpClient(handler);
    }

    /// <summary>What the last form was answered with.</summary>
    public (HttpStatusCode Status, string Text) Last { get; private set; }

    /// <summary>Tries to sign in at one node; <see cref="IsKnownAtAsync"/> tells whether it worked.</summary>
    public static async Task<SignedIn> AtAsync(Uri node, string username, string password, HostMap? hosts = null)
    {
        var person = new SignedIn(hosts);
        var flow = new Uri(node, "/if/flow/default-authentication-flow/");
        var page = await person.GetTextAsync(flow);
        page = await person.SendAsync(flow, page, new() { ["uid_field"] = username });
        if (person.Last.Status == HttpStatusCode.OK) await person.SendAsync(flow, page, new() { ["password"] = password });
        return person;
    }

    /// <summary>A browser that is not signed in.</summary>
    public static SignedIn Nobody() => new(null);

    /// <summary>Opens a page and sends its form with these fields.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SubmitAsync(Uri page, Dictionary<string, string> fields)
    {
        await SendAsync(page, await GetTextAsync(page), fields);
        return Last;
    }

    public IReadOnlyCollection<Cookie> Cookies(Uri page) => _cookies.GetCookies(page);

    /// <summary>The header that this browser sends to a page.</summary>
    public string CookieHeader(Uri page) => string.Join("; ", Cookies(page).Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>Whether a node takes this browser for somebody who is signed in.</summary>
    public async Task<bool> IsKnownAtAsync(Uri node)
    {
        // both nodes are one site to the person: the cookie goes to whichever port a load balancer picks
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, "/api/v3/core/users/me/"));
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Opens a protected page for the first time: through the login and back.</summary>
    public Task OpenAsync(Uri page) => GetTextAsync(new Uri(page, $"/outpost.goauthentik.io/start?rd={Uri.EscapeDataString(page.AbsoluteUri)}"));

    /// <summary>What nginx is told when this browser asks for a protected page.</summary>
    public async Task<HttpStatusCode> CheckAsync(Uri page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "/outpost.goauthentik.io/auth/nginx"));
        request.Headers.Add("X-Original-URL", page.AbsoluteUri);
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Asks for an address as a signed-in browser does; gives where it leads, and does not go there.</summary>
    public async Task<string> LedToAsync(Uri url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies, UseProxy = false });
        using var answer = await client.GetAsync(url);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        return answer.Headers.Location!.OriginalString;
    }

    public async Task SignOutAsync(Uri node)
    {
        var flow = new Uri(node, "/if/flow/default-invalidation-flow/");
        var page = await GetTextAsync(flow);
        if (Hidden().IsMatch(page)) await SendAsync(flow, page, []);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> GetTextAsync(Uri url)
    {
        using var answer = await _client.GetAsync(url);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> SendAsync(Uri flow, string page, Dictionary<string, string> fields)
    {
        foreach (Match hidden in Hidden().Matches(page)) fields[hidden.Groups["name"].Value] = WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        using var request = new HttpRequestMessage(HttpMethod.Post, flow) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", flow.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await _client.SendAsync(request);
        Last = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return Last.Text;
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)"|<input name="(?<name>[^"]+)" type="hidden" value="(?<value>[^"]*)" """)]
    private static partial Regex Hidden();
}
