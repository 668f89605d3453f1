using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.Brands;
using Hearthkey.Directory;
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

    public static async Task<ProviderSite> StartAsync(Dialect dialect = Dialect.Sqlite)
    {
        var place = await StorageSite.PlaceAsync(dialect);
        var settings = new Settings { DataFolder = place.Folder, BaseUrl = new Uri(Origin), SecretKey = new string('k', 40) };
        var time = new FakeTimeProvider(_start);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Add(builder.Services, settings, place.ConnectionString, time);
        var app = builder.Build();
        app.Services.StartBrands();
        Map(app);
        await app.Services.GetRequiredService<StorageStart>().RunAsync(
            (services, ct) => services.GetRequiredService<IStore>().WriteAsync(async db =>
            {
                await DefaultSet.ApplyAllAsync(services, db);
                return true;
            }, ct), Ct);
        await app.StartAsync(Ct);
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        var site = new ProviderSite(app, http, time);
        await site.SeedAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    public string AuthorizationFlow { get; } = "11111111-0000-7000-8000-000000000001";

    public string InvalidationFlow { get; } = "11111111-0000-7000-8000-000000000002";

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

    public async Task<long> AddUserAsync(string username, string? group = null, string attributes = "{}", bool isSuperuser = false)
    {
        var now = Time.GetUtcNow();
        return await Store.WriteAsync(async db =>
        {
            var pk = await db.NextKeyAsync("user");
            var uid = "uid-of-" + username;
            await db.ExecAsync(
                $"""
                insert into users (pk, uuid, uid, username, username_key, name, email, email_key, is_active, type, path, attributes, password, password_at,
                last_login_at, joined_at, updated_at)
                values ({pk}, {Guid.CreateVersion7(now)}, {uid}, {username}, {username}, {username + " Person"}, {username + "@home.test"},
                {username + "@home.test"}, {true}, {"internal"}, {"users"}, {new Json(attributes)}, {(string?)null}, {now}, {(DateTimeOffset?)null}, {now}, {now})
                """);
            if (group is not null) await JoinAsync(db, pk, group, isSuperuser);
            return pk;
        }, Ct);
    }

    public Task<string> AddGroupAsync(string name, string? parent = null) => Store.WriteAsync(async db =>
    {
        var uuid = await GroupAsync(db, name, false);
        if (parent is not null)
        {
            await db.ExecAsync($"insert into group_parent (group_uuid, parent_uuid) values ({uuid}, {parent})");
            await db.ChangedAsync(UserChanges.Group, uuid);
        }
        return uuid;
    }, Ct);

    public Task LeaveAsync(long pk, string group) => Store.WriteAsync(async db =>
    {
        await db.ExecAsync($"delete from group_member where user_pk = {pk} and group_uuid = {group}");
        await db.ChangedAsync(UserChanges.User, pk.ToString(CultureInfo.InvariantCulture));
        return true;
    }, Ct);

    /// <summary>What Directory does when an admin disables somebody.</summary>
    public Task DisableAsync(long pk) => EndUserAsync(pk, db => db.ExecAsync($"update users set is_active = {false} where pk = {pk}"));

    /// <summary>What Directory does when somebody gets a new password.</summary>
    public Task SetPasswordAsync(long pk)
    {
        var now = Time.GetUtcNow();
        return EndUserAsync(pk, db => db.ExecAsync($"update users set password = {"hash"}, password_at = {now} where pk = {pk}"));
    }

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
        services.AddApplications();
        services.AddOidcProvider();
        services.AddSingleton(new CallerSource(FindCallerAsync));
    }

    private static void Map(WebApplication app)
    {
        app.MapPolicies();
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

    private async Task SeedAsync()
    {
        await AddUserAsync("akadmin", "authentik Admins", isSuperuser: true);
        await Store.WriteAsync(async db =>
        {
            foreach (var (uuid, slug, designation) in new[]
            {
                (AuthorizationFlow, "default-provider-authorization-implicit-consent", "authorization"),
                (InvalidationFlow, "default-provider-invalidation-flow", "invalidation"),
            })
                await db.ExecAsync(
                    $"""
                    insert into flow (flow_uuid, pbm_uuid, name, slug, title, designation, authentication, background, compatibility_mode, layout,
                    denied_action, policy_engine_mode)
                    values ({uuid}, {Guid.CreateVersion7(Time.GetUtcNow())}, {slug}, {slug}, {slug}, {designation}, {"none"}, {""}, {false}, {"stacked"},
                    {"message_continue"}, {"any"})
                    """);
            await db.ChangedAsync("authentik_flows.flow", AuthorizationFlow);
            return true;
        }, Ct);
    }

    private async Task EndUserAsync(long pk, Func<Db, ValueTask<int>> change)
    {
        await Store.WriteAsync(async db =>
        {
            await change(db);
            foreach (var ending in Services.GetServices<UserEnding>()) await ending.EndAsync(db, pk);
            await db.ChangedAsync(UserChanges.User, pk.ToString(CultureInfo.InvariantCulture));
            await db.ChangedAsync(UserChanges.End, pk.ToString(CultureInfo.InvariantCulture));
            return true;
        }, Ct);
    }

    private async ValueTask JoinAsync(Db db, long pk, string group, bool isSuperuser)
    {
        var uuid = await GroupAsync(db, group, isSuperuser);
        await db.ExecAsync($"insert into group_member (group_uuid, user_pk) values ({uuid}, {pk})");
    }

    private async ValueTask<string> GroupAsync(Db db, string name, bool isSuperuser)
    {
        var found = await db.OneAsync($"select group_uuid from groups where name = {name}", r => r.Text());
        if (found is not null) return found;
        var uuid = Guid.CreateVersion7(Time.GetUtcNow()).ToString();
        var num = await db.NextKeyAsync("group");
        await db.ExecAsync(
            $"insert into groups (group_uuid, num_pk, name, name_key, is_superuser, attributes) values ({uuid}, {num}, {name}, {name}, {isSuperuser}, {new Json("{}")})");
        await db.ChangedAsync(UserChanges.Group, uuid);
        return uuid;
    }
}
