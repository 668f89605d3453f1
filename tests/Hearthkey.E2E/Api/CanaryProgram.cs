using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearthkey.E2E.Api;

/// <summary>A program that opens the app of <see cref="CanaryVisit"/> with an app password of somebody: used rightly, wrongly, beyond its limits, and exchanged for tokens.</summary>
internal sealed class CanaryProgram(ApiHouse house, long user, string username) : IDisposable
{
    private const string Password = "canary-app-password-8d1e5b7a9c3f2046";
    private const string Identifier = "canary-program";

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <summary>Gives the app password and the tokens that came of it.</summary>
    public async Task<IReadOnlyList<string>> SpendAsync()
    {
        (await house.Api.RequestAsync("POST", "/core/tokens/", new { identifier = Identifier, intent = "app_password", user })).Status.ShouldBe(201);
        (await house.Api.RequestAsync("POST", $"/core/tokens/{Identifier}/set_key/", new { key = Password })).Status.ShouldBe(204);
        await CheckAsync(Basic(Password), HttpStatusCode.OK);
        await CheckAsync(Basic(Password + "x"), HttpStatusCode.Unauthorized);
        await CheckAsync(new("Bearer", Password), HttpStatusCode.Unauthorized);
        (await house.Api.RequestAsync("PATCH", $"/core/tokens/{Identifier}/", new { limit_methods = new[] { "GET" } })).Status.ShouldBe(200);
        await CheckAsync(Basic(Password), HttpStatusCode.Unauthorized);
        await TokensAsync(Password, HttpStatusCode.BadRequest);
        (await house.Api.RequestAsync("PATCH", $"/core/tokens/{Identifier}/", new { limit_methods = Array.Empty<string>() })).Status.ShouldBe(200);
        await TokensAsync(Password + "x", HttpStatusCode.BadRequest);
        var tokens = await TokensAsync(Password, HttpStatusCode.OK);
        var access = tokens["access_token"]!.GetValue<string>();
        await CheckAsync(new("Bearer", access), HttpStatusCode.OK);
        (await house.Api.CallAsync("coreApi.coreTokensDestroy", new { identifier = Identifier })).ShouldBe(204);
        await CheckAsync(new("Bearer", access), HttpStatusCode.Unauthorized);
        await CheckAsync(Basic(Password), HttpStatusCode.Unauthorized);
        return [Password, access, tokens["id_token"]!.GetValue<string>()];
    }

    public void Dispose() => _client.Dispose();

    private AuthenticationHeaderValue Basic(string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));

    private async Task CheckAsync(AuthenticationHeaderValue authorization, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, "/outpost.goauthentik.io/auth/nginx"));
        request.Headers.Host = CanaryVisit.Host;
        request.Headers.Add("X-Original-URL", $"http://{CanaryVisit.Host}/api");
        request.Headers.Authorization = authorization;
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + string.Join('\n', answer.Headers.SelectMany(h => h.Value));
        text.ShouldNotContain(authorization.Parameter!);
        text.ShouldNotContain(Password);
    }

    private async Task<JsonNode> TokensAsync(string password, HttpStatusCode expected)
    {
        var provider = (await house.Api.RequestAsync("GET", "/providers/proxy/?search=canary-visit")).Body!["results"]![0]!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = provider["client_id"]!.GetValue<string>(),
            ["username"] = username,
            ["password"] = password,
            ["scope"] = "openid profile",
        });
        using var answer = await _client.PostAsync(new Uri(house.Address, "/application/o/token/"), form, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected, text);
        text.ShouldNotContain(Password);
        return JsonNode.Parse(text)!;
    }
}
