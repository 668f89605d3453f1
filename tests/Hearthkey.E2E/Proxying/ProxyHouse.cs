using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Reliability;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Proxying;

/// <summary>
/// A server that stands in front of applications by itself: one that says what it gets, one that streams, and three that people run
/// (radicale, transmission, prometheus). Somebody is signed in.
/// </summary>
public sealed class ProxyHouse : House
{
    private readonly int _port = FreePort.Next();
    private readonly TempFolder _files = new("proxied");

    public EchoApp Echo { get; private set; } = null!;

    public StreamApp Streams { get; private set; } = null!;

    public override Uri Address => Url("auth");

    protected override bool HasBrowser => false;

    protected override ServerOptions Options => base.Options with
    {
        HttpPort = _port,
        Environment = new Dictionary<string, string> { ["HEARTHKEY_WEB__BASE_URL"] = Address.GetLeftPart(UriPartial.Authority) },
    };

    public Uri Url(string name, string path = "/") => new($"http://{name}.home.test:{_port}{path}");

    /// <summary>Somebody who has just signed in, and has been to these applications.</summary>
    public async Task<SignedIn> ComeInAsync(params string[] applications)
    {
        var person = await SignedIn.AtAsync(Address, "akadmin", Password, Hosts);
        foreach (var name in applications) await person.OpenAsync(Url(name));
        return person;
    }

    /// <summary>One request with a person's cookies.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        SignedIn? person, HttpMethod method, Uri url, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = CreateClient();
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (person is not null) request.Headers.Add("Cookie", person.CookieHeader(url));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    protected override async Task FurnishAsync()
    {
        Keep(new Ending(_files));
        Echo = await KeepAsync(EchoApp.StartAsync());
        Streams = await KeepAsync(StreamApp.StartAsync());
        await ProtectAsync("echo", Echo.Port, "^/public/");
        await ProtectAsync("streams", Streams.Port);
        await ProtectAsync("away", FreePort.Next());
        await ProtectAsync("dav", await StartRadicaleAsync());
        await ProtectAsync("torrents", await StartTransmissionAsync());
        await ProtectAsync("metrics", await StartPrometheusAsync(), "^/-/(healthy|ready)$");
        using var api = CreateApiClient();
        var me = (await api.GetFromJsonAsync<JsonObject>("/api/v3/core/users/?username=akadmin"))!["results"]![0]!["pk"]!.GetValue<long>();
        using var answer = await api.PatchAsJsonAsync($"/api/v3/core/users/{me}/", new { attributes = new { additionalHeaders = new Dictionary<string, string> { ["X-Remote-User"] = "akadmin" } } });
        answer.EnsureSuccessStatusCode();
    }

    private async Task ProtectAsync(string name, int port, string open = "")
    {
        using var api = CreateApiClient();
        await api.ProtectAsync(name, Url(name), body =>
        {
            body["mode"] = "proxy";
            body["internal_host"] = $"http://127.0.0.1:{port}";
            body["skip_path_regex"] = open;
        });
    }

    private sealed class Ending(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private async Task<int> StartRadicaleAsync()
    {
        var port = FreePort.Next();
        var config = _files.At("radicale.conf");
        await File.WriteAllTextAsync(config, $"""
            [server]
            hosts = 127.0.0.1:{port}
            [auth]
            type = http_x_remote_user
            [storage]
            filesystem_folder = {_files.At("collections")}
            """);
        await RunAsync("radicale", "/usr/bin/radicale", ["--config", config], port);
        return port;
    }

    private async Task<int> StartTransmissionAsync()
    {
        var (port, folder) = (FreePort.Next(), Directory.CreateDirectory(_files.At("transmission")).FullName);
        await File.WriteAllTextAsync(Path.Combine(folder, "settings.json"), """
            { "rpc-host-whitelist-enabled": false, "rpc-whitelist-enabled": false, "dht-enabled": false, "lpd-enabled": false, "pex-enabled": false, "port-forwarding-enabled": false }
            """);
        await RunAsync("transmission", "/usr/bin/transmission-daemon", ["--foreground", "--config-dir", folder, "--download-dir", folder,
            "--port", port.ToString(CultureInfo.InvariantCulture), "--peerport", FreePort.Next().ToString(CultureInfo.InvariantCulture), "--rpc-bind-address", "127.0.0.1"], port);
        return port;
    }

    private async Task<int> StartPrometheusAsync()
    {
        var port = FreePort.Next();
        var config = _files.At("prometheus.yml");
        await File.WriteAllTextAsync(config, "global: { scrape_interval: 1h }\n");
        await RunAsync("prometheus", "/usr/bin/prometheus", [$"--config.file={config}", $"--storage.tsdb.path={_files.At("tsdb")}", $"--web.listen-address=127.0.0.1:{port}"], port);
        return port;
    }

    private async Task RunAsync(string name, string program, string[] arguments, int port)
    {
        var process = Keep(ChildProcess.Start(name, program, arguments, folder: _files.Path));
        await Wait.ForPortAsync(port, process, TimeSpan.FromSeconds(60));
    }
}
