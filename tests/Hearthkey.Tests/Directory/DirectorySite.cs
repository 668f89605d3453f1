using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.Directory;

/// <summary>A whole server on a SQLite database of its own, with an API key of akadmin.</summary>
internal sealed class DirectorySite : IAsyncDisposable
{
    public const string AdminKey = "a-key-of-akadmin-for-tests-only-0123456789";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly string _folder;

    private DirectorySite(WebApplication app, FakeTimeProvider time, string folder)
    {
        _app = app;
        _folder = folder;
        Time = time;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public FakeTimeProvider Time { get; }

    public Uri Address => _client.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    public IStore Store => Get<IStore>();

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<DirectorySite> StartAsync(Action<IServiceCollection>? add = null, params (string Name, string Value)[] environment)
    {
        var folder = global::System.IO.Directory.CreateTempSubdirectory("hk-directory-").FullName;
        var settings = new Dictionary<string, string>
        {
            ["HEARTHKEY_DATA"] = folder,
            ["HEARTHKEY_LISTEN__HTTP"] = "127.0.0.1:0",
            ["HEARTHKEY_LISTEN__HTTPS"] = "127.0.0.1:0",
            ["HEARTHKEY_BOOTSTRAP_TOKEN"] = AdminKey,
        };
        foreach (var (name, value) in environment) settings["HEARTHKEY_" + name] = value;
        var time = new FakeTimeProvider(Start);
        var app = HearthkeyServer.Create(settings, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(time);
            add?.Invoke(builder.Services);
        });
        await HearthkeyServer.StartAsync(app, Ct);
        return new(app, time, folder);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public Task<ApiReply> GetAsync(string path, string? key = AdminKey) => SendAsync("GET", path, null, key);

    public Task<ApiReply> PostAsync(string path, string json, string? key = AdminKey) => SendAsync("POST", path, json, key);

    public Task<ApiReply> PatchAsync(string path, string json, string? key = AdminKey) => SendAsync("PATCH", path, json, key);

    public Task<ApiReply> DeleteAsync(string path, string? key = AdminKey) => SendAsync("DELETE", path, null, key);

    public async Task<ApiReply> SendAsync(string method, string path, string? json, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v3/" + path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _client.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        return new((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), response.Headers.RetryAfter?.Delta);
    }

    /// <summary>Makes a user by the API and gives its key.</summary>
    public async Task<long> AddUserAsync(string username, string more = "")
    {
        var reply = await PostAsync("core/users/", $$"""{"username":"{{username}}","name":"{{username}}"{{more}}}""");
        reply.Status.ShouldBe(201, reply.ToString());
        return reply.Body.GetProperty("pk").GetInt64();
    }

    /// <summary>Makes a group by the API and gives its uuid.</summary>
    public async Task<string> AddGroupAsync(string name, string more = "")
    {
        var reply = await PostAsync("core/groups/", $$"""{"name":"{{name}}"{{more}}}""");
        reply.Status.ShouldBe(201, reply.ToString());
        return reply.Body.GetProperty("pk").GetString()!;
    }

    /// <summary>Makes an API token of a user and gives its key.</summary>
    public async Task<string> AddTokenAsync(long user, string identifier, string more = "")
    {
        (await PostAsync("core/tokens/", $$"""{"identifier":"{{identifier}}","user":{{user}}{{more}}}""")).Status.ShouldBe(201);
        return (await GetAsync($"core/tokens/{identifier}/view_key/")).Body.GetProperty("key").GetString()!;
    }

    public Task<List<string>> EventsAsync(string action) => Store.ReadAsync(
        db => db.ListAsync($"select context from event where action = {action} order by event_uuid", r => r.Json()), Ct);

    public Task<List<string>> ChangesAsync() => Store.ReadAsync(db => db.ListAsync($"select kind, key from change order by seq", r => r.Text() + " " + r.Text()), Ct);

    public Task ExecAsync(Func<Db, ValueTask<int>> unit) => Store.WriteAsync(unit, Ct);

    public async Task SetPasswordAsync(long pk, string password)
    {
        var hashed = (await Get<Passwords>().HashAsync(password, Ct)).ShouldNotBeNull();
        await Store.WriteAsync(
            async db =>
            {
                await Get<Passwords>().SetAsync(db, pk, hashed, Actor.Server);
                return true;
            },
            Ct);
    }

    /// <summary>An admin at a browser who proved who they are so long ago.</summary>
    public Caller Browser(TimeSpan ago) => new(1, Guid.Empty, "akadmin", "", IsSuperuser: true, IsBrowser: true, Time.GetUtcNow() - ago);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }
}

internal sealed record ApiReply(int Status, JsonElement Body, TimeSpan? RetryAfter)
{
    public IEnumerable<string> Names(string field) => (Status == 200 ? Body : throw new InvalidOperationException(ToString())).GetProperty("results").EnumerateArray().Select(r => r.GetProperty(field).GetString()!);

    public string Error(string field) => Body.GetProperty(field).ValueKind == JsonValueKind.Array
        ? string.Join(' ', Body.GetProperty(field).EnumerateArray())
        : Body.GetProperty(field).GetString()!;

    public override string ToString() => $"{Status} {Body}";
}
