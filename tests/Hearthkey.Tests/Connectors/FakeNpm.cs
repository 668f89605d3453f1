using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Connectors;

/// <summary>Answers like Nginx Proxy Manager, without an nginx behind it.</summary>
internal sealed class FakeNpm : IAsyncDisposable
{
    public const string Token = "the-token-of-a-day";

    private readonly WebApplication _app;

    private FakeNpm(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Proxy hosts by number.</summary>
    public Dictionary<int, JsonObject> Hosts { get; } = [];

    /// <summary>Done to a host just before a write of it is taken.</summary>
    public Action<JsonObject>? OnWrite { get; set; }

    public static async Task<FakeNpm> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var npm = new FakeNpm(app);
        app.MapPost("/api/tokens", (RequestDelegate)(c => AnswerAsync(c, new JsonObject { ["token"] = Token, ["expires"] = "2026-03-02T12:00:00.000Z" })));
        app.MapGet("/api/nginx/proxy-hosts", (RequestDelegate)(c => AnswerAsync(c, new JsonArray([.. npm.Hosts.Values.Select(h => h.DeepClone())]))));
        app.MapMethods("/api/nginx/proxy-hosts/{id}", ["GET", "PUT"], (RequestDelegate)(c => npm.OneAsync(c)));
        await app.StartAsync(ProviderSite.Ct);
        return npm;
    }

    /// <summary>Adds a proxy host; what is not said is as in a new one.</summary>
    public int Add(string names, string advanced = "", Action<JsonObject>? change = null)
    {
        var host = new JsonObject
        {
            ["id"] = Hosts.Count + 1,
            ["domain_names"] = new JsonArray([.. names.Split(' ').Select(n => (JsonNode)n)]),
            ["forward_scheme"] = "http",
            ["forward_host"] = "10.0.0.9",
            ["forward_port"] = 8080,
            ["access_list_id"] = 0,
            ["certificate_id"] = 0,
            ["advanced_config"] = advanced,
            ["enabled"] = true,
            ["meta"] = new JsonObject { ["nginx_online"] = true },
            ["locations"] = new JsonArray(),
        };
        change?.Invoke(host);
        Hosts[Hosts.Count + 1] = host;
        return Hosts.Count;
    }

    public string AdvancedOf(int id) => Hosts[id]["advanced_config"]!.GetValue<string>();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task OneAsync(HttpContext context)
    {
        if (!Hosts.TryGetValue(int.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture), out var host))
        {
            context.Response.StatusCode = 404;
            await AnswerAsync(context, JsonNode.Parse("""{"error":{"code":404,"message":"Not Found"}}""")!);
            return;
        }
        if (HttpMethods.IsPut(context.Request.Method))
        {
            host["advanced_config"] = (await JsonNode.ParseAsync(context.Request.Body))!["advanced_config"]!.DeepClone();
            OnWrite?.Invoke(host);
        }
        await AnswerAsync(context, host);
    }

    private static Task AnswerAsync(HttpContext context, JsonNode body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
