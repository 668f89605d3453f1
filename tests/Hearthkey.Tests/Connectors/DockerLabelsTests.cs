using Hearthkey.Connectors;

namespace Hearthkey.Tests.Connectors;

/// <summary>What labels say, and what is left out of it.</summary>
public sealed class DockerLabelsTests
{
    [Fact]
    public void Our_labels_name_host_app_groups_and_open_paths()
    {
        var host = Read(
            "hearthkey.enable=true", "hearthkey.host=wiki.home.test", "hearthkey.name=The wiki", "hearthkey.allow=family, house guests",
            "hearthkey.skip=/health, /hooks/*, ^/v[0-9]+/status$").ShouldHaveSingleItem();

        host.Origin.ShouldBe("https://wiki.home.test");
        host.Name.ShouldBe("The wiki");
        host.IsEnabled.ShouldBeTrue();
        host.Allow.ShouldBe(["family", "house guests"]);
        host.SkipPaths.ShouldBe("^/health$\n^/hooks/\n^/v[0-9]+/status$");
    }

    [Theory]
    [InlineData("wiki.home.test", "https://wiki.home.test")]
    [InlineData("http://wiki.home.test", "http://wiki.home.test")]
    [InlineData("Wiki.Home.test:8443", "https://wiki.home.test:8443")]
    [InlineData("a.home.test, b.home.test", "https://a.home.test https://b.home.test")]
    [InlineData("a.home.test a.home.test", "https://a.home.test")]
    [InlineData("*.home.test", "")]
    [InlineData("wiki.home.test/path", "")]
    [InlineData("user@wiki.home.test", "")]
    [InlineData("javascript:alert(1)", "")]
    [InlineData("file:///etc/passwd", "")]
    [InlineData("{$HOST}", "")]
    [InlineData("wiki.home.test:99999", "")]
    [InlineData("-", "")]
    public void Only_plain_hosts_are_taken(string label, string origins) => Origins("hearthkey.host=" + label).ShouldBe(origins);

    [Theory]
    [InlineData("Host(`a.test`)", "https://a.test")]
    [InlineData("Host(`a.test`) || Host(`b.test`)", "https://a.test https://b.test")]
    [InlineData("Host(`a.test`, `b.test`)", "https://a.test https://b.test")]
    [InlineData("Host(\"a.test\") && PathPrefix(`/x`)", "https://a.test")]
    [InlineData("(Host(`a.test`) && !Host(`b.test`))", "https://a.test")]
    [InlineData("HostRegexp(`.+\\.test`)", "")]
    [InlineData("HostSNI(`a.test`)", "")]
    [InlineData("PathPrefix(`/`)", "")]
    [InlineData("Host(``)", "")]
    public void The_hosts_of_a_router_rule_of_Traefik_are_found(string rule, string origins) => Origins("traefik.http.routers.web.rule=" + rule).ShouldBe(origins);

    [Fact]
    public void A_router_of_Traefik_that_is_plain_is_known_by_its_entry_points()
    {
        Origins("traefik.http.routers.web.rule=Host(`a.test`)", "traefik.http.routers.web.entrypoints=web").ShouldBe("http://a.test");
        Origins("traefik.http.routers.web.rule=Host(`a.test`)", "traefik.http.routers.web.entrypoints=web", "traefik.http.routers.web.tls.certresolver=le").ShouldBe("https://a.test");
        Origins("traefik.http.routers.web.rule=Host(`a.test`)", "traefik.http.routers.web.entrypoints=web,websecure").ShouldBe("https://a.test");
        Origins("traefik.tcp.routers.web.rule=HostSNI(`a.test`)").ShouldBe("");
    }

    [Theory]
    [InlineData("caddy", "wiki.home.test", "https://wiki.home.test")]
    [InlineData("caddy_1", "http://wiki.home.test", "http://wiki.home.test")]
    [InlineData("caddy", "a.home.test, b.home.test/path/*", "https://a.home.test https://b.home.test")]
    [InlineData("caddy", "(snippet)", "")]
    [InlineData("caddy", ":80", "")]
    [InlineData("caddy", "*.home.test", "")]
    [InlineData("caddy.reverse_proxy", "wiki.home.test", "")]
    public void The_sites_of_caddy_labels_are_found(string key, string value, string origins) => Origins($"{key}={value}").ShouldBe(origins);

    [Fact]
    public void Our_host_wins_over_those_of_proxies_and_enable_false_over_all()
    {
        Origins("hearthkey.host=a.test", "caddy=b.test", "traefik.http.routers.x.rule=Host(`c.test`)").ShouldBe("https://a.test");
        Origins("hearthkey.enable=false", "caddy=b.test").ShouldBe("");
        Origins("traefik.enable=false", "traefik.http.routers.x.rule=Host(`c.test`)").ShouldBe("");
        Read("caddy=b.test").Single().IsEnabled.ShouldBeFalse();
        Read("hearthkey.enable=yes", "caddy=b.test").Single().IsEnabled.ShouldBeFalse();
    }

    [Fact]
    public void The_name_falls_back_to_the_service_and_the_container()
    {
        Read("caddy=b.test", "com.docker.compose.service=wiki").Single().Name.ShouldBe("wiki");
        Read("caddy=b.test").Single().Name.ShouldBe("box-1");
        Read("caddy=b.test", "hearthkey.name=a\nb" + new string('x', 200)).Single().Name.Length.ShouldBe(80);
    }

    [Fact]
    public void What_is_too_long_or_too_much_is_left_out()
    {
        Read("hearthkey.host=" + string.Join(',', Enumerable.Range(0, 50).Select(i => $"h{i}.test"))).Count.ShouldBe(20);
        Read("hearthkey.host=" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"h{i}.test"))).ShouldBeEmpty();
    }

    private static string Origins(params string[] labels) => string.Join(' ', Read(labels).Select(h => h.Origin));

    [Fact]
    public void Labels_that_differ_in_case_alone_are_one_and_break_nothing() =>
        Read("traefik.http.routers.app.rule=Host(`small.test`)", "traefik.http.routers.App.rule=Host(`capital.test`)", "hearthkey.enable=true")
            .ShouldHaveSingleItem().Origin.ShouldBe("https://capital.test");

    private static IReadOnlyList<LabelledHost> Read(params string[] labels) =>
        DockerLabels.Read("box-1", labels.ToDictionary(l => l[..l.IndexOf('=', StringComparison.Ordinal)], l => l[(l.IndexOf('=', StringComparison.Ordinal) + 1)..]));
}
