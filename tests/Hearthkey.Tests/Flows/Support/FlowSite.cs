using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.Flows.Support;

/// <summary>A whole server on a port of its own, with a SQLite file and a clock that the test moves.</summary>
internal sealed class FlowSite : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private const string BootstrapToken = "a-token-of-the-test-that-is-long-enough-for-anybody-0123456789";

    private readonly string _folder;
    private readonly WebApplication _app;

    private FlowSite(string folder, WebApplication app) => (_folder, _app) = (folder, app);

    public FakeTimeProvider Time { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public IStore Store => Services.GetRequiredService<IStore>();

    public static async Task<FlowSite> StartAsync(Action<WebApplicationBuilder>? configure = null, bool isSetUp = true, params (string, string)[] settings)
    {
        var folder = global::System.IO.Directory.CreateTempSubdirectory("hk-flow-").FullName;
        var environment = new Dictionary<string, string>
        {
            ["HEARTHKEY_DATA"] = folder,
            ["HEARTHKEY_LISTEN__HTTP"] = "127.0.0.1:0",
            ["HEARTHKEY_LISTEN__HTTPS"] = "127.0.0.1:0",
            ["HEARTHKEY_LISTEN__METRICS"] = "127.0.0.1:0",
        };
        if (isSetUp) environment["HEARTHKEY_BOOTSTRAP_PASSWORD"] = Password;
        if (isSetUp) environment["HEARTHKEY_BOOTSTRAP_TOKEN"] = BootstrapToken;
        foreach (var (name, value) in settings) environment[name] = value;
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var app = HearthkeyServer.Create(environment, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(time);
            configure?.Invoke(builder);
        });
        await HearthkeyServer.StartAsync(app, CancellationToken.None);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new(folder, app) { Time = time, Address = new Uri(addresses.First(a => a.StartsWith("http:", StringComparison.Ordinal))) };
    }

    public FlowBrowser Browse(string? forwardedFor = null) => new(Address, forwardedFor);

    public async Task<FlowBrowser> SignedInAsync(string username = "akadmin", string password = Password)
    {
        var browser = Browse();
        await browser.SignInAsync(username, password);
        return browser;
    }

    /// <summary>A user with a password, no admin.</summary>
    public async Task<User> AddUserAsync(string username, string email = "", bool isActive = true, string password = Password)
    {
        var hash = await Services.GetRequiredService<Passwords>().HashAsync(password, CancellationToken.None);
        return await Store.WriteAsync(async db =>
        {
            var outcome = await Services.GetRequiredService<Users>().CreateAsync(db, Actor.Server, global::System.Text.Json.JsonElement.Parse(
                $$"""{"username":"{{username}}","name":"{{username}} Full","email":"{{email}}","is_active":{{(isActive ? "true" : "false")}}}"""));
            await Services.GetRequiredService<Passwords>().SetAsync(db, outcome.Value!.Pk, hash!, Actor.Server);
            return outcome.Value;
        }, CancellationToken.None);
    }

    /// <summary>As an admin would, or a recovery link.</summary>
    public async Task SetPasswordAsync(long pk, string password)
    {
        var hash = await Services.GetRequiredService<Passwords>().HashAsync(password, CancellationToken.None);
        await Store.WriteAsync(async db => await Services.GetRequiredService<Passwords>().SetAsync(db, pk, hash!, Actor.Server), CancellationToken.None);
    }

    public async Task DisableAsync(User user) => (await Services.GetRequiredService<Users>().UpdateAsync(
        Admin, Actor.Server, user.Pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture), global::System.Text.Json.JsonElement.Parse("""{"is_active":false}"""), true, CancellationToken.None))
        .Value.ShouldNotBeNull();

    /// <summary>Changes a resource as an admin would.</summary>
    public static async Task<T> PatchAsync<T>(Resource<T> resource, string key, string json)
        where T : class
    {
        var outcome = await resource.UpdateAsync(Admin, Actor.Server, key, global::System.Text.Json.JsonElement.Parse(json), true, CancellationToken.None);
        return outcome.Value.ShouldNotBeNull(outcome.Errors?.ToJson().ToJsonString());
    }

    public static async Task<Outcome<T>> CreateAsync<T>(Resource<T> resource, string json)
        where T : class => await resource.CreateAsync(Admin, Actor.Server, global::System.Text.Json.JsonElement.Parse(json), CancellationToken.None);

    /// <summary>Changes a stage of the default flows, through the resource of its kind.</summary>
    public async Task ChangeStageAsync(string name, string json)
    {
        var stage = Stage(name);
        var path = Services.GetServices<Resource>().Single(r => r.Model == stage.MetaModelName).Path;
        using var client = new HttpClient { BaseAddress = Address };
        using var content = new StringContent(json, global::System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v3/{path}/{stage.Pk}/") { Content = content };
        request.Headers.Authorization = new("Bearer", BootstrapToken);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>One call of the API as the admin.</summary>
    public async Task<(int Status, global::System.Text.Json.JsonElement Json)> ApiAsync(string method, string path, string? json = null)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v3/" + path);
        if (json is not null) request.Content = new StringContent(json, global::System.Text.Encoding.UTF8, "application/json");
        request.Headers.Authorization = new("Bearer", BootstrapToken);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? default : global::System.Text.Json.JsonElement.Parse(text));
    }

    /// <summary>The stage of this name, of whatever kind.</summary>
    public StageRecord Stage(string name) => Services.GetRequiredService<Snapshots>().Current.Get<FlowsPart>().All
        .SelectMany(f => f.Stages).First(s => s.Stage.Name == name).Stage;

    public Task<long> CountAsync(string table) => Store.ReadAsync(db => table switch
    {
        "flow_state" => db.OneAsync($"select count(*) from flow_state", r => r.Long()),
        "session" => db.OneAsync($"select count(*) from session", r => r.Long()),
        _ => throw new ArgumentException(table),
    }, CancellationToken.None);

    public Task<List<(string Action, string Context, long Times)>> EventsAsync(string action) => Store.ReadAsync(db =>
        db.ListAsync($"select action, context, occurrences from event where action = {action} order by created_at", r => (r.Text(), r.Json(), r.Long())), CancellationToken.None);

    public static Caller Admin { get; } = new(1, Guid.Empty, "akadmin", "", IsSuperuser: true, IsBrowser: false, null);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }
}
