using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hearthkey.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Hearthkey.Demo;

/// <summary>The server of the demo: new, set up through its own API as an admin or a script would, with two apps and one person.</summary>
internal sealed class House(Addresses addresses, string data)
{
    private const string Username = "demo";

    private readonly string _token = Secret();
    private readonly string _password = Words();
    private readonly string _adminPassword = Words();

    /// <summary>The client secret of the app that knows OpenID Connect.</summary>
    public string NotesSecret { get; } = Secret();

    public string Greeting => $"""

        The demo is ready. Sign in as

          name      {Username}
          password  {_password}

        1. Open {addresses.WhoAmI}/ and sign in. This app knows no login: Hearthkey stands in front of it (proxy mode).
        2. Open {addresses.Notes}/ in the same browser. This app knows OpenID Connect: you are signed in already.

        All apps of a person   {addresses.Login}/if/user/
        Administration         {addresses.Login}/if/admin/   (akadmin, {_adminPassword})

        Ctrl-C ends the demo and removes its data.
        """;

    /// <summary>Starts the server with an empty data folder.</summary>
    /// <exception cref="StartupException">It cannot: the port is taken, say.</exception>
    public async Task<WebApplication> StartAsync()
    {
        var server = HearthkeyServer.Create(new Dictionary<string, string>
        {
            ["HEARTHKEY_DATA"] = data,
            ["HEARTHKEY_LISTEN__HTTP"] = Loopback(addresses.Port),
            ["HEARTHKEY_LISTEN__HTTPS"] = Loopback(Addresses.Free()),
            ["HEARTHKEY_LISTEN__METRICS"] = Loopback(Addresses.Free()),
            ["HEARTHKEY_WEB__BASE_URL"] = addresses.Login,
            ["HEARTHKEY_BOOTSTRAP_PASSWORD"] = _adminPassword,
            ["HEARTHKEY_BOOTSTRAP_TOKEN"] = _token,
            ["HEARTHKEY_BOOTSTRAP_EMAIL"] = "akadmin@home.example",
            ["HEARTHKEY_LOG_LEVEL"] = "warning",
        });
        await HearthkeyServer.StartAsync(server, CancellationToken.None);
        return server;
    }

    /// <summary>Makes the person and the two apps.</summary>
    public async Task FurnishAsync(Uri whoAmI)
    {
        using var api = new Api(addresses, _token);
        var flows = new JsonObject
        {
            ["authorization_flow"] = await api.FindAsync("flows/instances/?slug=default-provider-authorization-implicit-consent"),
            ["invalidation_flow"] = await api.FindAsync("flows/instances/?slug=default-provider-invalidation-flow"),
        };
        await AddPersonAsync(api);
        var proxy = await api.CreateAsync("providers/proxy/", With(flows, new()
        {
            ["name"] = "Who am I",
            ["mode"] = "proxy",
            ["external_host"] = addresses.WhoAmI,
            ["internal_host"] = whoAmI.GetLeftPart(UriPartial.Authority),
        }));
        await AddApplicationAsync(api, "Who am I", "who-am-i", proxy, "Shows what an app is told about you.");
        await api.ChangeAsync($"outposts/instances/{await api.FindAsync("outposts/instances/")}/", new() { ["providers"] = new JsonArray(proxy["pk"]!.DeepClone()) });
        var oauth = await api.CreateAsync("providers/oauth2/", With(flows, new()
        {
            ["name"] = "Notes",
            ["client_id"] = Notes.ClientId,
            ["client_secret"] = NotesSecret,
            ["redirect_uris"] = new JsonArray(new JsonObject { ["matching_mode"] = "strict", ["url"] = addresses.Notes + Notes.Callback }),
            ["property_mappings"] = await api.ScopesAsync("openid", "profile", "email"),
            ["signing_key"] = await api.FindAsync("crypto/certificatekeypairs/?has_key=true"),
        }));
        await AddApplicationAsync(api, "Notes", "notes", oauth, "Signs people in by OpenID Connect.");
    }

    private async Task AddPersonAsync(Api api)
    {
        var group = await api.CreateAsync("core/groups/", new() { ["name"] = "family" });
        var person = await api.CreateAsync("core/users/", new()
        {
            ["username"] = Username,
            ["name"] = "Demo Person",
            ["email"] = "demo@home.example",
            ["groups"] = new JsonArray(group["pk"]!.DeepClone()),
        });
        await api.SendAsync(HttpMethod.Post, $"core/users/{person["pk"]}/set_password/", new() { ["password"] = _password });
    }

    private static Task AddApplicationAsync(Api api, string name, string slug, JsonObject provider, string about) => api.CreateAsync("core/applications/", new()
    {
        ["name"] = name,
        ["slug"] = slug,
        ["provider"] = provider["pk"]!.DeepClone(),
        ["meta_description"] = about,
    });

    private static JsonObject With(JsonObject shared, JsonObject own)
    {
        foreach (var (name, value) in shared) own[name] = value!.DeepClone();
        return own;
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    // easy to type, and new for each demo
    private static string Words() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 4) + "-" + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 4)
        + "-" + RandomNumberGenerator.GetString("23456789", 3);
}
