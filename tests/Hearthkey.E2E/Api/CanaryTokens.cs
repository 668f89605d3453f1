using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Reliability;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.E2E.Api;

/// <summary>An app that gets codes and tokens for somebody who is signed in, and spends each of them rightly and then once more.</summary>
internal sealed class CanaryTokens(ApiHouse house, SignedIn person) : IDisposable
{
    private const string Client = "canary-app";
    public const string Secret = "canary-app-secret-3c5e7a9b1d-long-enough-to-sign-with-32-bytes";
    private const string Redirect = "https://canary.test/callback";

    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <summary>Gives every code and token that was issued.</summary>
    public async Task<IReadOnlyList<string>> SpendAsync()
    {
        await RegisterAsync();
        var code = await AuthorizeAsync();
        var unspent = await AuthorizeAsync();
        var first = await GrantAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect));
        await UserInfoAsync(Text(first, "access_token"), HttpStatusCode.OK);
        var second = await GrantAsync(("grant_type", "refresh_token"), ("refresh_token", Text(first, "refresh_token")));
        // each once more: the code and the refresh token are spent, and take what came of them along
        await RefuseAsync(("grant_type", "refresh_token"), ("refresh_token", Text(first, "refresh_token")));
        await UserInfoAsync(Text(second, "access_token"), HttpStatusCode.Unauthorized);
        await RefuseAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect));
        await RefuseAsync(("grant_type", "authorization_code"), ("code", unspent), ("redirect_uri", Redirect + "/other"));
        return [Secret, code, unspent, .. Tokens(first), .. Tokens(second)];
    }

    public void Dispose() => _browser.Dispose();

    private async Task RegisterAsync()
    {
        var scopes = (await house.Api.CallAsync("propertymappingsApi.propertymappingsProviderScopeList", new { pageSize = 50 })).ShouldBe(200).Results
            .Select(mapping => mapping!["pk"]!.ToString()).ToArray();
        var request = OAuth2ProvidersTests.With(await OAuth2ProvidersTests.FlowsAsync(house), new
        {
            name = Client,
            clientId = Client,
            clientSecret = Secret,
            redirectUris = new[] { new { matchingMode = "strict", url = Redirect } },
            propertyMappings = scopes,
        });
        var provider = (await house.Api.CallAsync("providersApi.providersOauth2Create", new { oAuth2ProviderRequest = request })).ShouldBe(201).Body!["pk"]!.GetValue<long>();
        (await house.Api.CallAsync("coreApi.coreApplicationsCreate", new { applicationRequest = new { name = Client, slug = Client, provider } })).ShouldBe(201);
    }

    private async Task<string> AuthorizeAsync()
    {
        var asked = QueryHelpers.AddQueryString("/application/o/authorize/", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = Client,
            ["redirect_uri"] = Redirect,
            ["scope"] = "openid profile email offline_access",
            ["state"] = "canary",
        });
        var callback = await person.LedToAsync(new Uri(house.Address, asked));
        var code = QueryHelpers.ParseQuery(new Uri(callback).Query)["code"].ToString();
        code.ShouldNotBeEmpty(callback);
        return code;
    }

    private async Task<JsonNode> GrantAsync(params (string Name, string Value)[] fields)
    {
        var (status, text) = await TokenAsync(fields);
        status.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task RefuseAsync(params (string Name, string Value)[] fields)
    {
        var (status, text) = await TokenAsync(fields);
        status.ShouldBe(HttpStatusCode.BadRequest, text);
        foreach (var (_, value) in fields.Where(field => field.Name is "code" or "refresh_token")) text.ShouldNotContain(value);
    }

    private async Task<(HttpStatusCode Status, string Text)> TokenAsync((string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            KeyValuePair.Create("client_id", Client), KeyValuePair.Create("client_secret", Secret)]);
        using var answer = await _browser.PostAsync(new Uri(house.Address, "/application/o/token/"), form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task UserInfoAsync(string token, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, "/application/o/userinfo/"));
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await _browser.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(token);
    }

    private static IEnumerable<string> Tokens(JsonNode answer) => new[] { "access_token", "refresh_token", "id_token" }.Select(name => Text(answer, name));

    private static string Text(JsonNode answer, string name) => answer[name]!.GetValue<string>();
}
