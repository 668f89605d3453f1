using System.Globalization;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Connect;

/// <summary>A server, some apps, and an Nginx Proxy Manager before them. Its hosts are addresses of this machine, which need no name server.</summary>
public sealed class NpmHouse : House
{
    private readonly int _port = FreePort.Next();

    public const string Foreign = "# caution: made by hand\nclient_max_body_size 64m;\n\n  add_header X-Cellar yes;\t\n";

    public NpmStandIn Npm { get; private set; } = null!;

    public EchoApp App { get; private set; } = null!;

    public override Uri Address => new($"http://localhost:{_port}");

    protected override ServerOptions Options => new()
    {
        BootstrapPassword = Password,
        BootstrapToken = Token,
        BootstrapEmail = "admin@home.test",
        HttpPort = _port,
        Environment = new Dictionary<string, string> { ["HEARTHKEY_WEB__BASE_URL"] = $"http://localhost:{_port}" },
    };

    /// <summary>An address of a host of the proxy.</summary>
    public Uri Url(string host, string path = "/", bool tls = false) => new($"{(tls ? "https" : "http")}://{host}:{(tls ? Npm.Nginx.TlsPort : Npm.Nginx.Port)}{path}");

    /// <summary>A page of the admin interface, signed in.</summary>
    public Task<IPage> AdminAsync(string path, bool ignorePolicy = false) => SignedInAsync(this, path, ignorePolicy);

    /// <summary>A page of a house, opened by akadmin.</summary>
    public static async Task<IPage> SignedInAsync(House house, string path, bool ignorePolicy = false)
    {
        var page = await (await house.Browser.NewContextAsync(ignorePolicy: ignorePolicy)).NewPageAsync();
        await page.GotoAsync(new Uri(house.Address, path).ToString());
        await page.FillAsync("#uid_field", "akadmin");
        await page.PressAsync("#uid_field", "Enter");
        await page.FillAsync("#password", Password);
        await page.PressAsync("#password", "Enter");
        await page.WaitForURLAsync(now => !now.Contains("/if/flow/", StringComparison.Ordinal));
        return page;
    }

    /// <summary>Fills the form that connects; the page after it is open then.</summary>
    public async Task ConnectAsync(IPage page, string identity = NpmStandIn.Identity, string secret = NpmStandIn.Secret, string code = "")
    {
        await page.GotoAsync(new Uri(Address, "/if/admin/connect/npm/new/").ToString());
        await page.FillAsync("#f-address", Npm.Address);
        await page.FillAsync("#f-identity", identity);
        await page.FillAsync("#f-secret", secret);
        await page.FillAsync("#f-code", code);
        await page.FillAsync("#f-http_port", Npm.Nginx.Port.ToString(CultureInfo.InvariantCulture));
        await page.FillAsync("#f-https_port", Npm.Nginx.TlsPort.ToString(CultureInfo.InvariantCulture));
        await page.Locator("form#form .savebar").GetByRole(AriaRole.Button).Last.ClickAsync();
    }

    protected override async Task FurnishAsync()
    {
        App = await KeepAsync(EchoApp.StartAsync("cellar"));
        Npm = await KeepAsync(NpmStandIn.StartAsync(
            Host(1, h => h.AdvancedConfig = Foreign, caches: true, webSockets: true, exploits: true, names: ["127.0.0.11", "127.0.0.12"]),
            Host(2, null, certificate: 1, names: "127.0.0.13"),
            Host(3, h => h.AdvancedConfig = "location / {\n  proxy_pass http://127.0.0.1:9;\n}", names: "127.0.0.14"),
            Host(4, null, isEnabled: false, names: "127.0.0.15"),
            Host(5, null, accessList: 2, names: "127.0.0.16"),
            Host(6, null, names: "127.0.0.17"),
            Host(7, null, names: "127.0.0.18")));
    }

    private NpmHost Host(int id, Action<NpmHost>? change, bool caches = false, bool webSockets = false, bool exploits = false, int certificate = 0, bool isEnabled = true, int accessList = 0, params string[] names)
    {
        var host = new NpmHost
        {
            Id = id,
            DomainNames = names,
            ForwardPort = App.Port,
            CachesAssets = caches,
            AllowsWebSockets = webSockets,
            BlocksExploits = exploits,
            CertificateId = certificate,
            IsEnabled = isEnabled,
            AccessListId = accessList,
        };
        change?.Invoke(host);
        return host;
    }
}
