using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Guide;

/// <summary>
/// A server that nobody has set up, two proxies, and apps that know nothing of sign-in. The first proxy leads to the login host and to the
/// apps behind the guide's text; the second, started later, to the apps behind the text that the provider page prints.
/// </summary>
public sealed class GuideHouse : House
{
    /// <summary>Hosts behind the second proxy.</summary>
    private static readonly string[] _printed = ["notes", "photos", "hooks", "vault"];

    private readonly Lazy<Task<string>> _printedText;
    private readonly Lazy<Task<OAuthClient>> _grafana;
    private readonly TestCertificate _certificate = new("home.test", "*.home.test");
    private readonly int _front = FreePort.Next();
    private readonly int _back = FreePort.Next();
    private readonly int _frontEdge = FreePort.Next();
    private readonly int _backEdge = FreePort.Next();
    private readonly int _frontPlain = FreePort.Next();
    private readonly int _backPlain = FreePort.Next();

    public GuideHouse(Wiring wiring)
    {
        Wiring = wiring;
        _printedText = new(() => ProtectApps.FollowAsync(this));
        _grafana = new(() => Grafana.FollowAsync(this));
        if (wiring == Wiring.Http) return;
        var (front, back) = wiring == Wiring.Https ? (_front, _back) : (_frontEdge, _backEdge);
        Hosts.Lead("*.home.test", 443, front).Lead("*.home.test", 80, _frontPlain);
        foreach (var name in _printed) Hosts.Lead($"{name}.home.test", 443, back).Lead($"{name}.home.test", 80, _backPlain);
    }

    public Wiring Wiring { get; }

    /// <summary>Done when the guide was followed; its value is the text that the provider page prints, with a mark where the app goes.</summary>
    public Task<string> PrintedText => _printedText.Value;

    /// <summary>The client of the guide's OAuth2 part, once that part was followed.</summary>
    public Task<OAuthClient> GrafanaAsync() => _grafana.Value;

    /// <summary>One at a time may change which providers the embedded outpost has.</summary>
    public SemaphoreSlim OutpostTurn { get; } = new(1);

    /// <summary>Apps by host: the wiki and the files behind the first text, the others behind ours.</summary>
    public IReadOnlyDictionary<string, EchoApp> Apps { get; private set; } = new Dictionary<string, EchoApp>();

    /// <summary>The person who set the server up, with the browser that did.</summary>
    public Visitor Akadmin { get; set; } = null!;

    public override Uri Address => Url("auth");

    // no password: the printed link sets it
    protected override ServerOptions Options => new() { BootstrapToken = Token };

    public Uri Url(string name, string path = "/")
    {
        var port = Wiring != Wiring.Http ? "" : _printed.Contains(name) ? $":{_back}" : $":{_front}";
        return new Uri($"{(Wiring == Wiring.Http ? "http" : "https")}://{name}.home.test{port}{path}");
    }

    /// <summary>A server block of the first or second proxy. Where people use the usual port, nginx in a real house listens on it and names none.</summary>
    public string Site(string name, string text, int? port = null)
    {
        var redirects = Wiring != Wiring.Http ? "port_in_redirect off;" : port is null ? "" : "absolute_redirect off;";
        port ??= _printed.Contains(name) ? _back : _front;
        var listen = Wiring == Wiring.Https
            ? $"listen 127.0.0.1:{port} ssl; ssl_certificate {_certificate.ChainPath}; ssl_certificate_key {_certificate.KeyPath};"
            : $"listen 127.0.0.1:{port};";
        return $"server {{ {listen} server_name {name}.home.test; {redirects}\n{text}\n}}\n";
    }

    /// <summary>Starts the second proxy with these server blocks.</summary>
    public async Task OpenSecondProxyAsync(string sites)
    {
        await KeepAsync(NginxProcess.StartAsync(sites, _back));
        if (Wiring == Wiring.Tunnel) await KeepAsync(TunnelEdge.StartAsync(_backEdge, _backPlain, _back, _certificate));
    }

    /// <summary>
    /// Another proxy for names that the first one has too, and the names that lead to it: a house whose nginx is wired differently.
    /// </summary>
    public async Task<HostMap> RewireAsync(string name, string text)
    {
        var (port, edge) = (FreePort.Next(), FreePort.Next());
        await KeepAsync(NginxProcess.StartAsync(Site(name, text, port), port));
        if (Wiring == Wiring.Tunnel) await KeepAsync(TunnelEdge.StartAsync(edge, FreePort.Next(), port, _certificate));
        var hosts = new HostMap();
        foreach (var rule in Hosts.Rules.Reverse().Skip(1)) hosts.Lead(rule.Host, rule.Port, rule.To!.Value);
        return hosts.Lead($"{name}.home.test", Url(name).Port, Wiring == Wiring.Tunnel ? edge : port);
    }

    protected override async Task FurnishAsync()
    {
        Keep(new Ending(_certificate));
        var apps = new Dictionary<string, EchoApp>();
        foreach (var name in (string[])["wiki", "files", "notes", "photos", "hooks", "vault"]) apps[name] = await KeepAsync(EchoApp.StartAsync(name));
        Apps = apps;
        var guide = NginxText.Guide(this, "wiki");
        var sites = Site("auth", NginxText.ToServer(Server.HttpPort)) + Site("files", NginxText.Guide(this, "files"));
        foreach (var name in (string[])["wiki", "club", "left-out", "large"]) sites += Site(name, guide);
        sites += Site("relative", guide.Replace("rd=$scheme://$http_host$request_uri", "rd=$request_uri", StringComparison.Ordinal));
        foreach (var name in (string[])["port-lost", "adrift"]) sites += Site(name, guide.Replace("$http_host", "$host", StringComparison.Ordinal));
        await KeepAsync(NginxProcess.StartAsync(sites, _front));
        if (Wiring == Wiring.Tunnel) await KeepAsync(TunnelEdge.StartAsync(_frontEdge, _frontPlain, _front, _certificate));
    }

    private sealed class Ending(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
