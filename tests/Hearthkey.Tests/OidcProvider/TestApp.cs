using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>An app that is registered with the server: its provider, its application, and what it does as an OAuth client.</summary>
public sealed class TestApp
{
    public const string Callback = "https://grafana.test/login/generic_oauth";

    private readonly ProviderSite _site;

    private TestApp(ProviderSite site, JsonNode provider, JsonNode application) => (_site, Provider, Application) = (site, provider, application);

    public JsonNode Provider { get; }

    public JsonNode Application { get; }

    public string ClientId => Provider["client_id"]!.GetValue<string>();

    public string Secret => Provider["client_secret"]!.GetValue<string>();

    public string Slug => Application["slug"]!.GetValue<string>();

    public string PbmUuid => Application["pbm_uuid"]!.GetValue<string>();

    public long Pk => Provider["pk"]!.GetValue<long>();

    /// <summary>The body that creates a provider, with all managed scope mappings.</summary>
    public static async Task<JsonObject> BodyAsync(ProviderSite site, string name = "grafana-oidc")
    {
        var mappings = await site.GetAsync("propertymappings/provider/scope/?page_size=50");
        return new JsonObject
        {
            ["name"] = name,
            ["authorization_flow"] = site.AuthorizationFlow,
            ["invalidation_flow"] = site.InvalidationFlow,
            ["property_mappings"] = new JsonArray([.. mappings["results"]!.AsArray().Select(m => (JsonNode)m!["pk"]!.GetValue<string>())]),
            ["redirect_uris"] = new JsonArray(Uri(Callback)),
        };
    }

    public static JsonObject Uri(string url, string mode = "strict", string type = "authorization") =>
        new() { ["matching_mode"] = mode, ["url"] = url, ["redirect_uri_type"] = type };

    public static async Task<TestApp> RegisterAsync(ProviderSite site, Action<JsonObject>? change = null, string name = "Grafana", string slug = "grafana")
    {
        var body = await BodyAsync(site, slug + "-oidc");
        change?.Invoke(body);
        var provider = await site.CreateAsync("providers/oauth2/", body);
        var application = await site.CreateAsync("core/applications/", new JsonObject { ["name"] = name, ["slug"] = slug, ["provider"] = provider["pk"]!.GetValue<long>() });
        return new(site, provider, application);
    }

    public string AuthorizeUrl(string more = "", string scope = "openid profile email", string redirectUri = Callback) =>
        $"/application/o/authorize/?client_id={ClientId}&response_type=code&redirect_uri={(global::System.Uri.EscapeDataString(redirectUri))}"
        + $"&scope={(global::System.Uri.EscapeDataString(scope))}&state=s1{more}";

    public Task<HttpResponseMessage> AuthorizeAsync(string? cookie, string more = "", string scope = "openid profile email") =>
        _site.SendAsync(HttpMethod.Get, AuthorizeUrl(more, scope), cookie: cookie);

    /// <summary>A code for this session.</summary>
    public async Task<string> CodeAsync(string cookie, string more = "", string scope = "openid profile email")
    {
        using var response = await AuthorizeAsync(cookie, more, scope);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect, await response.Content.ReadAsStringAsync(ProviderSite.Ct));
        return Answer(response)["code"]!;
    }

    /// <summary>The parameters that an answer carries to the app.</summary>
    public static Dictionary<string, string> Answer(HttpResponseMessage response) =>
        QueryHelpers.ParseQuery(response.Headers.Location!.Query).ToDictionary(p => p.Key, p => p.Value.ToString());

    public async Task<(HttpStatusCode Status, JsonNode Body)> TokenAsync(Dictionary<string, string> form, bool withSecret = true)
    {
        var authorization = withSecret ? "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{Secret}")) : null;
        using var response = await _site.SendAsync(
            HttpMethod.Post, "/application/o/token/", new FormUrlEncodedContent(form), authorization: authorization);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(ProviderSite.Ct))!);
    }

    /// <summary>What a program asks for that has somebody's app password, and not the client's secret.</summary>
    public Task<(HttpStatusCode Status, JsonNode Body)> AsPersonAsync(string username, string password, string scope = "openid profile") => TokenAsync(
        new() { ["grant_type"] = "client_credentials", ["client_id"] = ClientId, ["username"] = username, ["password"] = password, ["scope"] = scope }, withSecret: false);

    public async Task<JsonNode> IntrospectAsync(string token)
    {
        var form = new Dictionary<string, string> { ["token"] = token, ["client_id"] = ClientId, ["client_secret"] = Secret };
        using var response = await _site.SendAsync(HttpMethod.Post, "/application/o/introspect/", new FormUrlEncodedContent(form));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(ProviderSite.Ct))!;
    }

    public Task<(HttpStatusCode Status, JsonNode Body)> RedeemAsync(string code, params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Callback };
        foreach (var (name, value) in more) form[name] = value;
        return TokenAsync(form);
    }

    public Task<(HttpStatusCode Status, JsonNode Body)> RefreshAsync(string token) =>
        TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token });

    /// <summary>All of the code flow.</summary>
    public async Task<JsonNode> TokensAsync(string cookie, string scope = "openid profile email")
    {
        var (status, body) = await RedeemAsync(await CodeAsync(cookie, scope: scope));
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> UserInfoAsync(JsonNode tokens)
    {
        using var response = await _site.SendAsync(
            HttpMethod.Get, "/application/o/userinfo/", authorization: "Bearer " + tokens["access_token"]!.GetValue<string>());
        var text = await response.Content.ReadAsStringAsync(ProviderSite.Ct);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static JsonNode Claims(JsonNode tokens) =>
        JsonNode.Parse(WebEncoders.Base64UrlDecode(tokens["id_token"]!.GetValue<string>().Split('.')[1]))!;

    public static JsonNode Header(JsonNode tokens) =>
        JsonNode.Parse(WebEncoders.Base64UrlDecode(tokens["id_token"]!.GetValue<string>().Split('.')[0]))!;

    public static string Challenge(string verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>Binds a group or person to the application.</summary>
    public Task<JsonNode> BindAsync(string? group = null, long? user = null, int order = 0, bool negate = false) => _site.CreateAsync("policies/bindings/", new JsonObject
    {
        ["target"] = PbmUuid,
        ["group"] = group,
        ["user"] = user,
        ["order"] = order,
        ["negate"] = negate,
    });
}
