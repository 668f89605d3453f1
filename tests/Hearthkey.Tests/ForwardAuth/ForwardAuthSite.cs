using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.ForwardAuth;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>A server, and what reverse proxies and API clients send to it.</summary>
internal sealed class ForwardAuthSite : IAsyncDisposable
{
    private readonly HttpClient _http;

    private ForwardAuthSite(ProviderSite site)
    {
        Server = site;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
    }

    public ProviderSite Server { get; }

    public Findings Findings => Server.Services.GetRequiredService<Findings>();

    public static async Task<ForwardAuthSite> StartAsync(Dialect dialect = Dialect.Sqlite) => new(await ProviderSite.StartAsync(dialect));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    public JsonObject Body(string name = "wiki", string externalHost = "http://wiki.home.test", string mode = "forward_single") => new()
    {
        ["name"] = name,
        ["authorization_flow"] = Server.AuthorizationFlow,
        ["invalidation_flow"] = Server.InvalidationFlow,
        ["external_host"] = externalHost,
        ["mode"] = mode,
    };

    /// <summary>Makes a provider, an application with the same slug, and selects it in the embedded outpost.</summary>
    public async Task<ProtectedApp> ProtectAsync(string name = "wiki", string externalHost = "http://wiki.home.test", Action<JsonObject>? change = null)
    {
        var body = Body(name, externalHost);
        change?.Invoke(body);
        var provider = await Server.CreateAsync("providers/proxy/", body);
        var application = await ApplicationAsync(name, provider);
        await SelectAsync(provider["pk"]!.GetValue<long>());
        return new(provider["pk"]!.GetValue<long>(), provider["client_id"]!.GetValue<string>(), application["pbm_uuid"]!.GetValue<string>());
    }

    public Task<JsonNode> ApplicationAsync(string name, JsonNode provider) => Server.CreateAsync(
        "core/applications/", new JsonObject { ["name"] = "The " + name, ["slug"] = name, ["provider"] = provider["pk"]!.GetValue<long>() });

    public async Task<JsonNode> OutpostAsync() => (await Server.GetAsync("outposts/instances/"))["results"]![0]!;

    /// <summary>Adds a provider to the embedded outpost.</summary>
    public async Task SelectAsync(long pk)
    {
        var outpost = await OutpostAsync();
        var providers = new JsonArray([.. outpost["providers"]!.AsArray().Select(p => (JsonNode)p!.GetValue<long>()), pk]);
        await Server.PatchAsync($"outposts/instances/{outpost["pk"]}/", new JsonObject { ["providers"] = providers });
    }

    /// <summary>One request; headers are given as <c>Name: value</c>.</summary>
    public async Task<HttpResponseMessage> SendAsync(string pathAndQuery, string host, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, pathAndQuery);
        request.Headers.Host = host;
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }
        return await _http.SendAsync(request, ProviderSite.Ct);
    }

    /// <summary>A check as nginx sends it.</summary>
    public Task<HttpResponseMessage> CheckAsync(string url, params string[] headers) =>
        SendAsync("/outpost.goauthentik.io/auth/nginx", new Uri(url).Authority, ["X-Original-URL: " + url, .. headers]);

    public async Task<HttpStatusCode> StatusAsync(string url, params string[] headers)
    {
        using var response = await CheckAsync(url, headers);
        return response.StatusCode;
    }

    /// <summary>Waits until the event log has what was reported in the background.</summary>
    public async Task<JsonNode> MistakeAsync(string finding)
    {
        for (var i = 0; i < 200; i++)
        {
            var found = (await Server.EventsAsync("configuration_error")).Find(e => e["finding"]?.GetValue<string>() == finding);
            if (found is not null) return found;
            Server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, ProviderSite.Ct);
        }
        throw new InvalidOperationException("no such event: " + finding);
    }
}

/// <summary>An application that the outpost protects.</summary>
internal sealed record ProtectedApp(long Pk, string ClientId, string PbmUuid);
