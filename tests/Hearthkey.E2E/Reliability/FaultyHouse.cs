using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>A server whose database is about to fail, an application that it protects, and people: one who is signed in, and others who are not.</summary>
internal sealed class FaultyHouse : IAsyncDisposable
{
    private readonly HostMap _hosts = new();
    private readonly HttpClient _api;

    private FaultyHouse(ServerProcess server)
    {
        Server = server;
        _api = new HttpClient { BaseAddress = server.Http, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", House.Token) } };
    }

    public ServerProcess Server { get; }

    /// <summary>Signed in, with the protected page open.</summary>
    public SignedIn Known { get; private set; } = null!;

    public Uri Login => new($"http://auth.home.test:{Server.HttpPort}");

    public Uri Page => new($"http://wiki.home.test:{Server.HttpPort}/some/page?a=1&b=2");

    public static async Task<FaultyHouse> StartAsync(ServerOptions options)
    {
        var port = FreePort.Next();
        var server = await ServerProcess.StartAsync(options with
        {
            HttpPort = port,
            BootstrapPassword = House.Password,
            BootstrapToken = House.Token,
            Environment = new Dictionary<string, string>(options.Environment) { ["HEARTHKEY_WEB__BASE_URL"] = $"http://auth.home.test:{port}" },
        });
        var house = new FaultyHouse(server);
        try
        {
            await house.FurnishAsync();
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tries to sign in with the right password, from a browser that was never here.</summary>
    public Task<SignedIn> ComeInAsync() => SignedIn.AtAsync(Login, "akadmin", House.Password, _hosts);

    public async Task<(HttpStatusCode Status, string Text)> CreateGroupAsync(string name)
    {
        // not small: a database has room of its own for what is
        using var answer = await _api.PostAsJsonAsync("/api/v3/core/groups/", new { name, attributes = new { note = new string('x', 20_000) } });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<bool> HasGroupAsync(string name) =>
        (await _api.GetFromJsonAsync<JsonObject>($"/api/v3/core/groups/?include_users=false&name={name}"))!["results"]!.AsArray().Count == 1;

    /// <summary>The status of a check with a cookie that nobody was given.</summary>
    public async Task<HttpStatusCode> CheckStrangerAsync()
    {
        using var client = _hosts.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Page, "/outpost.goauthentik.io/auth/nginx"));
        request.Headers.Add("X-Original-URL", Page.AbsoluteUri);
        request.Headers.Add("Cookie", Known.Cookies(Page).Select(cookie => $"{cookie.Name}={new string('A', cookie.Value.Length)}"));
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Repository.Traces, $"fault-{Server.HttpPort}.server.log"), Server.Log);
        Known?.Dispose();
        _api.Dispose();
        await Server.DisposeAsync();
    }

    private async Task FurnishAsync()
    {
        await _api.ProtectAsync("wiki", Page);
        Known = await ComeInAsync();
        await Known.OpenAsync(Page);
    }
}
