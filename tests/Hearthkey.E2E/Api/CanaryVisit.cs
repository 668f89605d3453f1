using System.Net;
using Hearthkey.E2E.Reliability;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.E2E.Api;

/// <summary>A visit to an app behind the outpost by somebody who is signed in: every cookie and code is used rightly, wrongly, and once more after its end.</summary>
internal sealed class CanaryVisit(ApiHouse house, SignedIn person) : IDisposable
{
    private const string Name = "canary-visit";
    public const string Host = "canary-visit.test";
    private const string Page = "http://" + Host + "/page";
    private const string Outpost = "/outpost.goauthentik.io";

    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly Dictionary<string, string> _jar = [];
    private readonly List<string> _issued = [];

    /// <summary>Gives every cookie and code that was issued.</summary>
    public async Task<IReadOnlyList<string>> SpendAsync()
    {
        await ProtectAsync();
        var authorize = await AtAppAsync($"{Outpost}/start?rd={Page}", HttpStatusCode.Found);
        var callback = new Uri(await person.LedToAsync(new Uri(house.Address, new Uri(authorize!).PathAndQuery))).PathAndQuery;
        _issued.Add(QueryHelpers.ParseQuery(callback[callback.IndexOf('?', StringComparison.Ordinal)..])["code"].ToString());
        await AtAppAsync(callback, HttpStatusCode.Found);
        await CheckAsync(Page, Cookies, HttpStatusCode.OK);
        var cookies = Cookies;
        // wrong ones, and the right ones where they do not belong
        await CheckAsync(Page, string.Join("; ", _jar.Select(c => $"{c.Key}={c.Value}x")), HttpStatusCode.Unauthorized);
        await CheckAsync("http://elsewhere.test/", cookies, HttpStatusCode.BadRequest);
        await AtAppAsync(callback, null);
        await AtAppAsync($"{Outpost}/sign_out", HttpStatusCode.Found);
        await CheckAsync(Page, cookies, HttpStatusCode.Unauthorized);
        _issued.Count.ShouldBeGreaterThan(2);
        return [.. _issued];
    }

    public void Dispose() => _browser.Dispose();

    private string Cookies => string.Join("; ", _jar.Select(c => $"{c.Key}={c.Value}"));

    private async Task ProtectAsync()
    {
        (await house.Api.RequestAsync("PATCH", "/admin/settings/", new { base_url = house.Address.GetLeftPart(UriPartial.Authority) })).Status.ShouldBe(200);
        var request = OAuth2ProvidersTests.With(await OAuth2ProvidersTests.FlowsAsync(house), new { name = Name, externalHost = "http://" + Host, mode = "forward_single" });
        var provider = (await house.Api.CallAsync("providersApi.providersProxyCreate", new { proxyProviderRequest = request })).ShouldBe(201).Body!["pk"]!.GetValue<long>();
        (await house.Api.CallAsync("coreApi.coreApplicationsCreate", new { applicationRequest = new { name = Name, slug = Name, provider } })).ShouldBe(201);
        var uuid = (await house.Api.CallAsync("outpostsApi.outpostsInstancesList")).ShouldBe(200).Results[0]!["pk"]!.ToString();
        (await house.Api.CallAsync("outpostsApi.outpostsInstancesPartialUpdate", new { uuid, patchedOutpostRequest = new { providers = (long[])[provider] } })).ShouldBe(200);
    }

    /// <summary>One of the outpost's own pages on the app's host, as nginx hands it on; gives where it leads.</summary>
    private async Task<string?> AtAppAsync(string path, HttpStatusCode? expected)
    {
        using var answer = await SendAsync(path, Host, $"http://{Host}{path}", Cookies);
        if (expected is { } status) answer.StatusCode.ShouldBe(status, path);
        foreach (var pair in answer.Headers.TryGetValues("Set-Cookie", out var lines) ? lines.Select(line => line.Split(';')[0].Split('=', 2)) : [])
        {
            if (pair[1].Length < 20) continue;
            _jar[pair[0]] = pair[1];
            _issued.Add(pair[1]);
        }
        return answer.Headers.Location?.OriginalString;
    }

    private async Task CheckAsync(string url, string cookies, HttpStatusCode expected)
    {
        using var answer = await SendAsync($"{Outpost}/auth/nginx", new Uri(url).Host, url, cookies);
        answer.StatusCode.ShouldBe(expected, url);
    }

    /// <summary>No answer repeats what was sent, but for the cookie that it sets.</summary>
    private async Task<HttpResponseMessage> SendAsync(string path, string host, string original, string cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, path));
        request.Headers.Host = host;
        request.Headers.Add("X-Original-URL", original);
        if (cookies.Length > 0) request.Headers.Add("Cookie", cookies);
        var answer = await _browser.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
            + string.Join('\n', answer.Headers.Where(h => h.Key != "Set-Cookie").SelectMany(h => h.Value));
        foreach (var secret in _issued) text.ShouldNotContain(secret, Case.Sensitive, path);
        return answer;
    }
}
