using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.ForwardAuth;
using Hearthkey.Storage;
using Hearthkey.Tests.ForwardAuth.Proxies;
using Hearthkey.Tests.OidcProvider;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>Protected hosts are asked from outside, and what stands open is told.</summary>
public sealed class SelfProbeTests
{
    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_host_that_hands_out_pages_is_told_once_a_day_with_what_answered_and_what_to_change(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        await using var host = await OutsideHost.StartAsync();
        var app = await site.ProtectAsync(externalHost: host.Url);

        var probe = (await AskAsync(site, app)).Single();

        probe.State.ShouldBe(ProbeState.Open);
        probe.Came[0].ShouldBe("/ was handed out (200 by lab/1)");
        probe.Came[1].ShouldBe("/favicon.ico was handed out (200 by lab/1)");
        probe.Change.ShouldContain("Advanced tab");
        var told = (await AlertsAsync(site)).ShouldHaveSingleItem();
        told["message"]!.GetValue<string>().ShouldBe($"{host.Url} hands out pages without a login");
        told["change"]!.GetValue<string>().ShouldBe(probe.Change);
        (await BrandAsync(site))["name"]!.GetValue<string>().ShouldBe("Default brand");
        (await OpenAsync(site)).ShouldContain(app.Pk);

        await AskAsync(site, app);
        (await AlertsAsync(site)).Count.ShouldBe(1);
        site.Server.Time.Advance(TimeSpan.FromHours(25));
        await AskAsync(site, app);
        (await AlertsAsync(site)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_asks_the_start_an_asset_and_a_path_that_nobody_has_without_cookies()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var host = await OutsideHost.StartAsync();
        host.Answer = _ => (302, "/elsewhere");

        await AskAsync(site, await site.ProtectAsync(externalHost: host.Url));

        var asked = host.Asked.DistinctBy(a => a.Path).ToList();
        asked.Count(a => a.Path is "/" or "/favicon.ico").ShouldBe(2);
        asked.ShouldContain(a => a.Path.Length == 21);
        asked.ShouldNotContain(a => a.Path == "/elsewhere");
        foreach (var (_, headers) in host.Asked) headers.ShouldNotContain("Cookie");
    }

    [Theory]
    [InlineData(401, null, ProbeState.Protected)]
    [InlineData(403, null, ProbeState.Protected)]
    [InlineData(302, "/outpost.goauthentik.io/start?rd=x", ProbeState.Protected)]
    [InlineData(302, "http://id.test/application/o/authorize/?client_id=x", ProbeState.Protected)]
    [InlineData(302, "https://elsewhere.test/outpost.goauthentik.io/start", ProbeState.Unclear)]
    [InlineData(301, "/web/", ProbeState.Unclear)]
    [InlineData(404, null, ProbeState.Unclear)]
    [InlineData(502, null, ProbeState.Unclear)]
    [InlineData(204, null, ProbeState.Open)]
    public async Task A_refusal_and_the_way_to_the_login_are_fine_and_only_what_is_handed_out_is_an_alert(int status, string? location, ProbeState expected)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var host = await OutsideHost.StartAsync();
        host.Answer = _ => (status, location);

        var probe = (await AskAsync(site, await site.ProtectAsync(externalHost: host.Url))).Single();

        probe.State.ShouldBe(expected);
        (await AlertsAsync(site)).Count.ShouldBe(expected == ProbeState.Open ? 1 : 0);
    }

    [Fact]
    public async Task The_text_in_force_is_seen_as_protected_and_an_asset_location_beside_it_as_open()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var echo = await EchoApp.StartAsync();
        var port = ReverseProxy.FreePort();
        var app = await site.ProtectAsync(externalHost: $"http://127.0.0.1:{port}");
        var provider = await site.Server.Services.GetRequiredService<ProxyProviders>().GetAsync(Admin, app.Pk.ToString(CultureInfo.InvariantCulture), Hearthkey.Resources.ListRequest.First(), ProviderSite.Ct);
        var server = site.Server.Address.ToString();

        await using (await ReverseProxy.NginxAsync(port, ProxyTexts.Nginx(provider.Value!, server, echo.Url)))
            (await AskAsync(site, app)).Single().State.ShouldBe(ProbeState.Protected);
        var shortText = ProxyTexts.NginxShort(provider.Value!, server, echo.Url);
        await using (await ReverseProxy.NginxAsync(port, $$"""location ~* \.(ico|png)$ { proxy_pass {{echo.Url}}; } {{shortText}}"""))
        {
            var probe = (await AskAsync(site, app)).Single();
            probe.State.ShouldBe(ProbeState.Open);
            probe.Change.ShouldContain("Cache Assets");
        }
    }

    [Fact]
    public async Task A_path_that_is_open_on_purpose_is_not_asked()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var host = await OutsideHost.StartAsync();
        host.Answer = path => path is "/" or "/favicon.ico" ? (200, null) : (401, null);

        var probe = (await AskAsync(site, await site.ProtectAsync(externalHost: host.Url, change: body => body["skip_path_regex"] = "^/$\n^/favicon\\.ico$"))).Single();

        probe.State.ShouldBe(ProbeState.Protected);
        host.Asked.ShouldContain(a => a.Path == "/logo.png");
        host.Asked.ShouldNotContain(a => a.Path == "/");
    }

    [Fact]
    public async Task Where_every_path_is_open_on_purpose_nothing_is_asked()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var host = await OutsideHost.StartAsync();

        var probe = (await AskAsync(site, await site.ProtectAsync(externalHost: host.Url, change: body => body["skip_path_regex"] = "^/"))).Single();

        probe.State.ShouldBe(ProbeState.Exempt);
        host.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_said_to_be_so_and_is_no_alert()
    {
        await using var site = await ForwardAuthSite.StartAsync();

        var probe = (await AskAsync(site, await site.ProtectAsync(externalHost: $"http://127.0.0.1:{ReverseProxy.FreePort()}"))).Single();

        probe.State.ShouldBe(ProbeState.Unreachable);
        probe.Came.ShouldHaveSingleItem().ShouldStartWith("Nothing answers there (");
        (await AlertsAsync(site)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_and_what_stands_open_behind_it_too()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var host = await OutsideHost.StartAsync(tls: true);

        var probe = (await AskAsync(site, await site.ProtectAsync(externalHost: host.Url))).Single();

        probe.State.ShouldBe(ProbeState.Open);
        probe.Note.ShouldContain("for another name");
        probe.Note.ShouldContain("does not know");
    }

    [Fact]
    public async Task A_provider_that_is_left_out_is_never_asked()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var host = await OutsideHost.StartAsync();

        (await AskAsync(site, await site.ProtectAsync(externalHost: host.Url, change: body => body["skip_self_probe"] = true))).ShouldBeEmpty();

        host.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_is_probed_at_once_and_everything_once_an_hour()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await using var host = await OutsideHost.StartAsync();
        host.Answer = _ => (401, null);
        var app = await site.ProtectAsync(externalHost: host.Url);

        await AskedAsync(site, host, 3, TimeSpan.FromSeconds(5));
        await site.Server.PatchAsync($"providers/proxy/{app.Pk}/", new JsonObject { ["skip_path_regex"] = "^/health$" });
        await AskedAsync(site, host, 6);
        site.Server.Time.Advance(TimeSpan.FromMinutes(50));
        await Task.Delay(100, ProviderSite.Ct);
        host.Asked.Count.ShouldBe(6);
        site.Server.Time.Advance(TimeSpan.FromMinutes(11));
        await AskedAsync(site, host, 9);
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_new_host_is_left_alone_while_its_proxy_is_wired_and_asked_with_the_first_check(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        await using var host = await OutsideHost.StartAsync();
        host.Answer = _ => (401, null);
        await site.ProtectAsync(externalHost: host.Url);

        site.Server.Time.Advance(TimeSpan.FromMinutes(1));
        await Task.Delay(200, ProviderSite.Ct);
        host.Asked.ShouldBeEmpty();
        (await site.StatusAsync(host.Url + "/")).ShouldBe(HttpStatusCode.Unauthorized);
        await AskedAsync(site, host, 3);
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Hosts_of_a_domain_are_asked_once_a_check_came_for_them_and_the_login_never(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        var app = await site.ProtectAsync("lab", "http://auth.lab.home.test", body =>
        {
            body["mode"] = "forward_domain";
            body["cookie_domain"] = "home.test";
        });

        // one right after the other: a busy host hides no quiet one
        (await site.StatusAsync("http://cloud.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://files.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);

        (await AskAsync(site, app)).Select(p => p.Origin).ShouldBe(["http://auth.lab.home.test", "http://cloud.home.test", "http://files.home.test"]);
        (await AskAsync(site, app)).ShouldAllBe(p => p.State == ProbeState.Unreachable);
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Names_that_somebody_makes_up_below_a_domain_push_out_no_host_that_is_in_use(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        var app = await site.ProtectAsync("lab", "http://auth.lab.home.test", body => (body["mode"], body["cookie_domain"]) = ("forward_domain", "home.test"));
        await site.StatusAsync("http://cloud.home.test/");
        for (var i = 0; i < 100; i++) await site.StatusAsync($"http://made-up-{i}.home.test/");
        // of a hundred and one that came at once, the last by name has no room
        await ListedAsync(site, app, "http://made-up-98.home.test");
        site.Server.Time.Advance(TimeSpan.FromMinutes(11));
        await site.StatusAsync("http://cloud.home.test/");
        await site.StatusAsync("http://files.home.test/");

        var hosts = await ListedAsync(site, app, "http://files.home.test");

        hosts.ShouldContain("http://cloud.home.test");
        hosts.Count.ShouldBe(101);
    }

    private static Hearthkey.Resources.Caller Admin { get; } = new(ProviderSite.Admin, Guid.Empty, "akadmin", "", true, false, null);

    private static async Task<IReadOnlyList<HostProbe>> AskAsync(ForwardAuthSite site, ProtectedApp app) =>
        await site.Server.Services.GetRequiredService<SelfProbes>().AskAsync(app.Pk, ProviderSite.Ct);

    private static async Task<IReadOnlySet<long>> OpenAsync(ForwardAuthSite site) =>
        await site.Server.Services.GetRequiredService<SelfProbes>().OpenAsync(ProviderSite.Ct);

    private static async Task<List<JsonNode>> AlertsAsync(ForwardAuthSite site) =>
        [.. (await site.Server.EventsAsync("configuration_error")).Where(e => e["finding"]?.GetValue<string>() == "OpenFromOutside")];

    private static async Task<JsonNode> BrandAsync(ForwardAuthSite site) => JsonNode.Parse(await site.Server.Store.ReadAsync(
        async db => (await db.OneAsync($"select brand from event where action = {"configuration_error"}", r => r.Json()))!, ProviderSite.Ct))!;

    /// <summary>The hosts that are known, once this one is among them.</summary>
    private static async Task<List<string>> ListedAsync(ForwardAuthSite site, ProtectedApp app, string awaited)
    {
        var probes = site.Server.Services.GetRequiredService<SelfProbes>();
        List<string> origins = [];
        for (var i = 0; i < 200 && !origins.Contains(awaited); i++)
        {
            site.Server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, ProviderSite.Ct);
            origins = [.. (await probes.OfAsync(app.Pk, ProviderSite.Ct)).Select(p => p.Origin)];
        }
        origins.ShouldContain(awaited);
        return origins;
    }

    private static async Task AskedAsync(ForwardAuthSite site, OutsideHost host, int count, TimeSpan? step = null)
    {
        for (var i = 0; i < 200 && host.Asked.Count < count; i++)
        {
            site.Server.Time.Advance(step ?? TimeSpan.FromMilliseconds(500));
            await Task.Delay(20, ProviderSite.Ct);
        }
        host.Asked.Count.ShouldBe(count);
    }
}
