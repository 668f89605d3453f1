using System.Net;
using System.Text.RegularExpressions;

namespace Hearthkey.E2E.Reliability;

/// <summary>A person without a browser: signs in through the default flow's forms and keeps the cookies.</summary>
public sealed partial class SignedIn : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    private SignedIn() => _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = true, UseProxy = false });

    /// <summary>Signs in at one node.</summary>
    public static async Task<SignedIn> AtAsync(Uri node, string username, string password)
    {
        var person = new SignedIn();
        var flow = new Uri(node, "/if/flow/default-authentication-flow/");
        var page = await person.GetTextAsync(flow);
        page = await person.SendAsync(flow, page, new() { ["uid_field"] = username });
        await person.SendAsync(flow, page, new() { ["password"] = password });
        return person;
    }

    /// <summary>Whether a node takes this browser for somebody who is signed in.</summary>
    public async Task<bool> IsKnownAtAsync(Uri node)
    {
        // both nodes are one site to the person: the cookie goes to whichever port a load balancer picks
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, "/api/v3/core/users/me/"));
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK;
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
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)"|<input name="(?<name>[^"]+)" type="hidden" value="(?<value>[^"]*)" """)]
    private static partial Regex Hidden();
}
