using System.Net;
using System.Text.RegularExpressions;

namespace Hearthkey.Tests.Flows.Support;

/// <summary>A browser without JavaScript: cookies, forms, no redirect followed unless asked.</summary>
internal sealed partial class FlowBrowser : IDisposable
{
    public const string SignInPath = "/if/flow/default-authentication-flow/";

    private readonly Uri _address;
    private readonly HttpClient _client;

    /// <param name="forwardedFor">What a proxy says of where the request came from; null without one.</param>
    public FlowBrowser(Uri address, string? forwardedFor = null)
    {
        _address = address;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };
        if (forwardedFor is not null) _client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
    }

    public CookieContainer Cookies { get; } = new();

    public string? SessionId => Cookies.GetCookies(_address)["hearthkey_session"]?.Value;

    /// <summary>Where the last request led, and what it showed.</summary>
    public FlowPageSeen Last { get; private set; } = new("", 0, "", null);

    public void SetSession(string value) => Cookies.Add(_address, new Cookie("hearthkey_session", value, "/"));

    /// <param name="path">Path and query.</param>
    /// <param name="site">What the browser says about who sent it here; null says nothing.</param>
    public Task<FlowPageSeen> GetAsync(string path, string? site = "same-origin", params (string, string)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), path, site, headers);

    /// <summary>Follows redirects to a page on this server.</summary>
    public async Task<FlowPageSeen> OpenAsync(string path)
    {
        var page = await GetAsync(path);
        for (var hop = 0; hop < 6 && page.Location is { } next; hop++) page = await GetAsync(next);
        return page;
    }

    /// <summary>Sends the form of the last page with these fields filled in.</summary>
    public Task<FlowPageSeen> SubmitAsync(params (string Name, string Value)[] fields) => SubmitAsync(Last, fields);

    public Task<FlowPageSeen> SubmitAsync(FlowPageSeen page, params (string Name, string Value)[] fields)
    {
        var values = page.Hidden();
        foreach (var (name, value) in fields) values[name] = value;
        return PostAsync(page.Action, values);
    }

    public Task<FlowPageSeen> PostAsync(string path, Dictionary<string, string> values, string? site = "same-origin") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(values) }, path, site);

    public async Task<FlowPageSeen> SignInAsync(string username, string password, string query = "")
    {
        await GetAsync(SignInPath + query);
        await SubmitAsync(("uid_field", username));
        Last.Location.ShouldNotBeNull(Last.Html);
        await GetAsync(Last.Location);
        return await SubmitAsync(("password", password));
    }

    public void Dispose() => _client.Dispose();

    private async Task<FlowPageSeen> SendAsync(HttpRequestMessage request, string path, string? site, params (string, string)[] headers)
    {
        using (request)
        {
            if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            var location = response.Headers.TryGetValues("Location", out var values) ? values.Single() : null;
            var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return Last = new(path, (int)response.StatusCode, html, location)
            {
                RetryAfter = response.Headers.RetryAfter?.Delta,
                SetCookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [],
                Policy = response.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : "",
            };
        }
    }
}

/// <summary>One answer.</summary>
internal sealed partial record FlowPageSeen(string Path, int Status, string Html, string? Location)
{
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<string> SetCookies { get; init; } = [];

    public string Policy { get; init; } = "";

    public string Action => WebUtility.HtmlDecode(Forms().Match(Html).Groups[1].Value);

    public string Heading => WebUtility.HtmlDecode(Headings().Match(Html).Groups[1].Value);

    public string Text => WebUtility.HtmlDecode(Tags().Replace(Html, " "));

    public bool Asks(string field) => Html.Contains($"id=\"{field}\" name=\"{field}\"", StringComparison.Ordinal);

    public Dictionary<string, string> Hidden() => Inputs().Matches(Html).Reverse().DistinctBy(m => m.Groups[1].Value)
        .ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));

    [GeneratedRegex("<form class=\"card signin\" method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex Forms();

    [GeneratedRegex("<h1[^>]*>([^<]*)</h1>")]
    private static partial Regex Headings();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Inputs();
}
