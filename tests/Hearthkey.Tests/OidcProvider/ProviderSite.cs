using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Resources;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Tests.Storage;
using Hearthkey.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>A whole server on a database of its own, and a client that speaks to it as http://id.test.</summary>
public sealed class ProviderSite : IAsyncDisposable
{
    public const string Origin = "http://id.test";
    public const long Admin = 1;

    private static readonly DateTimeOffset _start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ProviderSite(WebApplication app, HttpClient http, FakeTimeProvider time) => (_app, _http, Time) = (app, http, time);

    public FakeTimeProvider Time { get; }

    public IStore Store => _app.Services.GetRequiredService<IStore>();

    public IServiceProvider Services => _app.Services;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Where the server listens.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <param name="more">Further variables of the environment.</param>
    public static async Task<ProviderSite> StartAsync(Dialect dialect = Dialect.Sqlite, Dictionary<string, string>? more = null)
    {
        var place = await StorageSite.PlaceAsync(dialect);
        global::System.IO.Directory.CreateDirectory(place.Folder);
        var settings = new Dictionary<string, string>
        {
            ["HEARTHKEY_DATA"] = place.Folder,
            ["HEARTHKEY_LISTEN__HTTP"] = "127.0.0.1:0",
            ["HEARTHKEY_LISTEN__HTTPS"] = "127.0.0.1:0",
            ["HEARTHKEY_LISTEN__METRICS"] = "127.0.0.1:0",
            ["HEARTHKEY_WEB__BASE_URL"] = Origin,
        };
        foreach (var (name, value) in PostgresServer.SettingsOf(place.ConnectionString)) settings["HEARTHKEY_" + name] = value;
        foreach (var (name, value) in more ?? []) settings[name] = value;
        var time = new FakeTimeProvider(_start);
        var app = HearthkeyServer.Create(settings, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSingleton(new CallerSource(FindCallerAsync));
        });
        MapSignIn(app);
        await HearthkeyServer.StartAsync(app, Ct);
        var address = new Uri(app.Urls.First(url => url.StartsWith("http:", StringComparison.Ordinal)));
        return new ProviderSite(app, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address }, time);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    public string AuthorizationFlow => FlowOf("default-provider-authorization-implicit-consent");

    public string InvalidationFlow => FlowOf("default-provider-invalidation-flow");

    /// <summary>Sends a request. A <paramref name="caller"/> is known to the API by this test's own source.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? cookie = null, long? caller = null, string? authorization = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = "id.test";
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", $"hearthkey_session={cookie}");
        if (caller is { } pk) request.Headers.TryAddWithoutValidation("X-Test-Caller", pk.ToString(CultureInfo.InvariantCulture));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        return await _http.SendAsync(request, Ct);
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> ApiAsync(HttpMethod method, string path, JsonNode? body = null, long? caller = Admin)
    {
        var content = body is null ? null : new StringContent(body.ToJsonString(), null, "application/json");
        using var response = await SendAsync(method, "/api/v3/" + path, content, caller: caller);
        var text = await response.Content.ReadAsStringAsync(Ct);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path, long caller = Admin)
    {
        var (status, body) = await ApiAsync(HttpMethod.Get, path, null, caller);
        status.ShouldBe(HttpStatusCode.OK, body?.ToJsonString());
        return body!;
    }

    public async Task<JsonNode> CreateAsync(string path, JsonNode body)
    {
        var (status, created) = await ApiAsync(HttpMethod.Post, path, body);
        status.ShouldBe(HttpStatusCode.Created, created?.ToJsonString());
        return created!;
    }

    /// <summary>Creates and expects a 400: its body.</summary>
    public async Task<JsonNode> RefusedAsync(string path, JsonNode body)
    {
        var (status, errors) = await ApiAsync(HttpMethod.Post, path, body);
        status.ShouldBe(HttpStatusCode.BadRequest, errors?.ToJsonString());
        return errors!;
    }

    public async Task PatchAsync(string path, JsonNode body)
    {
        var (status, answer) = await ApiAsync(HttpMethod.Patch, path, body);
        status.ShouldBe(HttpStatusCode.OK, answer?.ToJsonString());
    }

    /// <summary>Signs a person in: the session's cookie.</summary>
    public async Task<string> SignInAsync(long pk)
    {
        using var response = await SendAsync(HttpMethod.Get, $"/test/sign-in/{pk}");
        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("hearthkey_session=", StringComparison.Ordinal));
        // a later sign-in must not fall into the same millisecond
        Time.Advance(TimeSpan.FromMilliseconds(5));
        return cookie.Split('=', 2)[1].Split(';')[0];
    }

    public Task SignOutAsync(string cookie) => SendAsync(HttpMethod.Get, "/test/sign-out", cookie: cookie);

    public async Task<long> AddUserAsync(string username, string? group = null, string attributes = "{}") => (await CreateAsync("core/users/", new JsonObject
    {
        ["username"] = username,
        ["name"] = username + " Person",
        ["email"] = username + "@home.test",
        ["attributes"] = JsonNode.Parse(attributes),
        ["groups"] = group is null ? [] : new JsonArray(await AddGroupAsync(group)),
    }))["pk"]!.GetValue<long>();

    /// <summary>Makes an app password and gives it.</summary>
    public Task<string> AddAppPasswordAsync(long user, string identifier = "phone", string? expires = null) =>
        AddTokenAsync(user, identifier, new() { ["intent"] = "app_password", ["expires"] = expires });

    /// <summary>Makes a token and gives its key.</summary>
    public async Task<string> AddTokenAsync(long user, string identifier, JsonObject? more = null)
    {
        var body = more ?? [];
        (body["identifier"], body["user"]) = (identifier, user);
        await CreateAsync("core/tokens/", body);
        return (await GetAsync($"core/tokens/{identifier}/view_key/"))["key"]!.GetValue<string>();
    }

    /// <summary>Makes a flow that is called by its slug, and gives its key.</summary>
    public async Task<string> AddFlowAsync(string slug, string designation) => (await CreateAsync(
        "flows/instances/", new JsonObject { ["name"] = slug, ["slug"] = slug, ["title"] = slug, ["designation"] = designation }))["pk"]!.GetValue<string>();

    /// <summary>The key of the group with this name, which is made where there is none.</summary>
    public async Task<string> AddGroupAsync(string name)
    {
        var found = (await GetAsync("core/groups/?name=" + name))["results"]!.AsArray();
        var group = found.Count > 0 ? found[0]! : await CreateAsync("core/groups/", new JsonObject { ["name"] = name });
        return group["pk"]!.GetValue<string>();
    }

    public Task LeaveAsync(long pk, string group) => DoneAsync($"core/groups/{group}/remove_user/", new JsonObject { ["pk"] = pk });

    public Task DisableAsync(long pk) => PatchAsync($"core/users/{pk}/", new JsonObject { ["is_active"] = false });

    public Task SetPasswordAsync(long pk) => DoneAsync($"core/users/{pk}/set_password/", new JsonObject { ["password"] = "a quiet harbour at dawn" });

    /// <summary>Events of one action, the newest last, with their context.</summary>
    public async Task<List<JsonNode>> EventsAsync(string action) => await Store.ReadAsync(
        db => db.ListAsync($"select context from event where action = {action} order by created_at, event_uuid", r => JsonNode.Parse(r.Json())!), Ct);

    private static void MapSignIn(WebApplication app)
    {
        app.MapGet("/test/sign-in/{pk}", (RequestDelegate)(async c => await c.RequestServices.GetRequiredService<SignInSessions>()
            .StartAsync(c, long.Parse((string)c.Request.RouteValues["pk"]!, CultureInfo.InvariantCulture), new SessionTerms("pwd"))));
        app.MapGet("/test/sign-out", (RequestDelegate)(async c =>
        {
            var sessions = c.RequestServices.GetRequiredService<SignInSessions>();
            if (await sessions.FindAsync(c) is { } session) await sessions.EndAsync(session.Uuid, c.RequestAborted);
        }));
    }

    private static async ValueTask<Caller?> FindCallerAsync(HttpContext context)
    {
        if (!long.TryParse(context.Request.Headers["X-Test-Caller"], out var pk)) return null;
        var who = await context.RequestServices.GetRequiredService<People>().FindAsync(pk, context.RequestAborted);
        return who is null ? null : new(who.Pk, who.Uuid, who.Username, who.Email, who.IsSuperuser, false, null);
    }

    private string FlowOf(string slug) => Services.GetRequiredService<Snapshots>().Current.Get<FlowsPart>().Find(slug)!.Flow.Pk.ToString();

    private async Task DoneAsync(string path, JsonNode body)
    {
        var (status, answer) = await ApiAsync(HttpMethod.Post, path, body);
        status.ShouldBe(HttpStatusCode.NoContent, answer?.ToJsonString());
    }
}
