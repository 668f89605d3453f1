using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.E2E.Connect;

/// <summary>
/// Stands in for Nginx Proxy Manager: the part of its API that its published schema describes and we use, over a real nginx. Unknown fields are
/// refused, a write that nginx does not take is answered with 200 and told in <c>meta</c>, as there.
/// </summary>
public sealed class NpmStandIn : IAsyncDisposable
{
    public const string Identity = "admin@home.test", Secret = "the key of the cellar", TwoFactorIdentity = "careful@home.test", Code = "246810";

    /// <summary>The fields that a write may have.</summary>
    private static readonly HashSet<string> _fields =
    [
        "domain_names", "forward_scheme", "forward_host", "forward_port", "certificate_id", "ssl_forced", "hsts_enabled", "hsts_subdomains", "trust_forwarded_proto",
        "http2_support", "block_exploits", "caching_enabled", "allow_websocket_upgrade", "access_list_id", "advanced_config", "enabled", "meta", "locations",
    ];

    private readonly ConcurrentDictionary<string, byte> _tokens = new();
    private readonly ConcurrentDictionary<string, byte> _challenges = new();
    private WebApplication _app;

    private NpmStandIn()
    {
        AdminPort = FreePort.Next();
        _app = Build();
    }

    public int AdminPort { get; }

    public string Address => $"http://127.0.0.1:{AdminPort}";

    public NpmNginx Nginx { get; } = new();

    public ConcurrentDictionary<int, NpmHost> Hosts { get; } = new();

    /// <summary>Answers everything with a page, as something else on that port would.</summary>
    public bool TalksNonsense { get; set; }

    /// <summary>Writes that were taken: host and fields.</summary>
    public ConcurrentQueue<(int Host, string[] Fields)> Writes { get; } = new();

    public static async Task<NpmStandIn> StartAsync(params NpmHost[] hosts)
    {
        var npm = new NpmStandIn();
        await npm.Nginx.StartAsync();
        foreach (var host in hosts)
        {
            npm.Hosts[host.Id] = host;
            if (host.IsEnabled) (await npm.Nginx.ConfigureAsync(host)).ShouldBeNull();
        }
        await npm._app.StartAsync();
        return npm;
    }

    /// <summary>Its admin interface is away; its nginx goes on.</summary>
    public async Task LeaveAsync() => await _app.DisposeAsync();

    public async Task ComeBackAsync()
    {
        _app = Build();
        await _app.StartAsync();
    }

    /// <summary>Every login has run out.</summary>
    public void ForgetLogins() => _tokens.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Nginx.DisposeAsync();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            if (TalksNonsense) await context.Response.WriteAsync("<!doctype html><title>Welcome</title>");
            else await next(context);
        });
        app.MapPost("/api/tokens", LogInAsync);
        app.MapPost("/api/tokens/2fa", SecondFactorAsync);
        app.MapGet("/api/nginx/proxy-hosts", context => GuardAsync(context, () =>
            AnswerAsync(context, 200, new JsonArray([.. Hosts.Values.OrderBy(h => h.Id).Select(h => (JsonNode)h.ToJson())]))));
        app.MapGet("/api/nginx/proxy-hosts/{id:int}", context => GuardAsync(context, () => Find(context) is { } host ? AnswerAsync(context, 200, host.ToJson()) : ErrorAsync(context, 404, "Not Found")));
        app.MapPut("/api/nginx/proxy-hosts/{id:int}", context => GuardAsync(context, () => WriteAsync(context)));
        return app;
    }

    private async Task LogInAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        if (body.Any(field => field.Key is not ("identity" or "secret" or "scope"))) await ErrorAsync(context, 400, "data must NOT have additional properties");
        else if ((string)body["secret"]! != Secret || (string)body["identity"]! is not (Identity or TwoFactorIdentity)) await ErrorAsync(context, 400, "Invalid email or password");
        else if ((string)body["identity"]! == TwoFactorIdentity) await AnswerAsync(context, 200, new JsonObject { ["requires_2fa"] = true, ["challenge_token"] = Make(_challenges) });
        else await AnswerAsync(context, 200, Token());
    }

    private async Task SecondFactorAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        if (_challenges.ContainsKey((string)body["challenge_token"]!) && (string)body["code"]! == Code) await AnswerAsync(context, 200, Token());
        else await ErrorAsync(context, 400, "Invalid verification code");
    }

    private JsonObject Token() => new() { ["token"] = Make(_tokens), ["expires"] = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) };

    private static string Make(ConcurrentDictionary<string, byte> kept)
    {
        var text = RandomNumberGenerator.GetHexString(40);
        kept[text] = 0;
        return text;
    }

    private async Task GuardAsync(HttpContext context, Func<Task> work)
    {
        var bearer = context.Request.Headers.Authorization.ToString();
        if (bearer.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.ContainsKey(bearer["Bearer ".Length..])) await work();
        else await ErrorAsync(context, 401, "Token has expired");
    }

    private async Task WriteAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        if (body.Count == 0 || body.Any(field => !_fields.Contains(field.Key))) await ErrorAsync(context, 400, "data must NOT have additional properties");
        else if (Find(context) is not { } host) await ErrorAsync(context, 404, "Not Found");
        else
        {
            if (body["advanced_config"] is { } advanced) host.AdvancedConfig = (string)advanced!;
            host.NginxError = host.IsEnabled ? await Nginx.ConfigureAsync(host) : null;
            Writes.Enqueue((host.Id, [.. body.Select(field => field.Key)]));
            await AnswerAsync(context, 200, host.ToJson());
        }
    }

    private NpmHost? Find(HttpContext context) => Hosts.GetValueOrDefault(int.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture));

    private static Task ErrorAsync(HttpContext context, int status, string message) =>
        AnswerAsync(context, status, new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message } });

    private static async Task AnswerAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(body.ToJsonString());
    }
}
