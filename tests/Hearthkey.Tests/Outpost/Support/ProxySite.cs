using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Hearthkey.Tests.Outpost.Support;

/// <summary>An application in proxy mode and a person who may be signed in to it.</summary>
internal sealed class ProxySite : IAsyncDisposable
{
    public const string Host = "app.example.com";

    private ProxySite(UpstreamApp app, OutpostSite outpost) => (App, Outpost) = (app, outpost);

    public UpstreamApp App { get; }

    public OutpostSite Outpost { get; }

    /// <summary>The person's cookies; blank before they have signed in.</summary>
    public string Cookies { get; private set; } = "";

    public static async Task<ProxySite> StartAsync(bool isSignedIn = true, Func<Hearthkey.Outpost.ProxyProvider, Hearthkey.Outpost.ProxyProvider>? change = null)
    {
        var app = await UpstreamApp.StartAsync();
        var site = new ProxySite(app, await OutpostSite.StartAsync((change ?? (p => p))(OutpostSite.Proxied(app.Url)), OutpostSite.Domain));
        if (isSignedIn)
            await site.SignInAsync();
        return site;
    }

    public async Task SignInAsync()
    {
        var browser = new Browser(Outpost);
        await browser.SignInAsync($"https://{Host}/outpost.goauthentik.io/start");
        Cookies = browser.Cookies(Host);
    }

    /// <summary>One request with the person's cookies; headers are given as <c>Name: value</c>.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, params string[] headers) =>
        Outpost.SendAsync(path, Host, Cookies.Length == 0 ? headers : [.. headers, "Cookie: " + Cookies]);

    /// <summary>What the application says that it was sent, line by line.</summary>
    public async Task<string[]> EchoAsync(string path, params string[] headers)
    {
        using var response = await GetAsync(path, headers);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Sends bytes as they are and returns the whole answer.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Outpost.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", Host);
        socket.Options.SetRequestHeader("Cookie", Cookies);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Outpost.Port}/socket"), TestContext.Current.CancellationToken);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await Outpost.DisposeAsync();
        await App.DisposeAsync();
    }
}
