using Hearthkey.E2E.Guide;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>A server with one application behind a real nginx and one in proxy mode. The two are one program, which remembers who reached it.</summary>
internal sealed class GuardedHouse(IReadOnlyDictionary<string, string> environment) : House
{
    private readonly int _port = FreePort.Next();
    private readonly int _nginxPort = FreePort.Next();

    public EchoApp App { get; private set; } = null!;

    public override Uri Address => new($"http://auth.home.test:{_port}");

    /// <summary>The page behind nginx, and the one in proxy mode.</summary>
    public IReadOnlyList<Uri> Pages => [new($"http://wiki.home.test:{_nginxPort}/page"), new($"http://notes.home.test:{_port}/page")];

    protected override bool HasBrowser => false;

    protected override ServerOptions Options => base.Options with
    {
        HttpPort = _port,
        Environment = new Dictionary<string, string>(environment) { ["HEARTHKEY_WEB__BASE_URL"] = Address.GetLeftPart(UriPartial.Authority) },
    };

    public static async Task<GuardedHouse> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var house = new GuardedHouse(environment);
        await house.InitializeAsync();
        return house;
    }

    /// <summary>Tries to sign in, from a browser that was never here, and opens both pages.</summary>
    public async Task<SignedIn> ComeInAsync()
    {
        var person = await SignedIn.AtAsync(Address, "akadmin", Password, Hosts);
        foreach (var page in Pages) await person.OpenAsync(page);
        return person;
    }

    protected override async Task FurnishAsync()
    {
        App = await KeepAsync(EchoApp.StartAsync());
        using var api = CreateApiClient();
        await api.ProtectAsync("wiki", Pages[0]);
        await api.ProtectAsync("notes", Pages[1], body => (body["mode"], body["internal_host"]) = ("proxy", $"http://127.0.0.1:{App.Port}"));
        await KeepAsync(NginxProcess.StartAsync($$"""
            server {
              listen 127.0.0.1:{{_nginxPort}};
              {{NginxText.Guide(Server.HttpPort, App.Port)}}
            }
            """, _nginxPort));
    }
}
