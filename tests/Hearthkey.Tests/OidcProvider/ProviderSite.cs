using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.Brands;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Tests.Storage;
using Hearthkey.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>A server with the areas down to OidcProvider over real Kestrel and a real database, and a client that speaks to it as http://id.test.</summary>
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

    /// <param name="add">Adds areas that are further down.</param>
    /// <param name="use">Puts them in place.</param>
    public static async Task<ProviderSite> StartAsync(
        Dialect dialect = Dialect.Sqlite, Action<IServiceCollection>? add = null, Action<WebApplication>? use = null)
    {
        var place = await StorageSite.PlaceAsync(dialect);
        var settings = new Settings { DataFolder = place.Folder, BaseUrl = new Uri(Origin), SecretKey = new string('k', 40) };
        var time = new FakeTimeProvider(_start);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Add(builder.Services, settings, place.ConnectionString, time);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.Services.StartBrands();
        use?.Invoke(app);
        Map(app);
        await app.Services.GetRequiredService<StorageStart>().RunAsync(
            (services, ct) => services.GetRequiredService<IStore>().WriteAsync(async db =>
            {
                await DefaultSet.ApplyAllAsync(services, db);
                return true;
            }, ct), Ct);
        await app.StartAsync(Ct);
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        return new ProviderSite(app, http, time);
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

    private static void Add(IServiceCollection services, Settings settings, string? postgres, TimeProvider time)
    {
        services.AddHosting(settings);
        services.AddSingleton(time);
        services.AddStorage(new StorageOptions { DataFolder = settings.DataFolder, PostgresConnectionString = postgres });
        services.AddAudit();
        services.AddKeys();
        services.AddUi();
        services.AddResources();
        services.AddBrands();
        services.AddDirectory();
        services.AddPolicies();
        services.AddMappings();
        services.AddSessions();
        services.AddFlows();
        services.AddApplications();
        services.AddOidcProvider();
        services.AddSingleton(new CallerSource(FindCallerAsync));
    }

    private static void Map(WebApplication app)
    {
        app.MapDirectory();
        app.MapPolicies();
        app.MapFlows();
        app.MapMappings();
        app.MapApplications();
        app.MapOidcProvider();
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
