using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Connectors;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Connectors;

/// <summary>What is written into Nginx Proxy Manager, and what is not.</summary>
public sealed class NpmConnectionsTests
{
    private const string Begin = "# hearthkey begin", End = "# hearthkey end";

    private static Caller Admin { get; } = new(ProviderSite.Admin, Guid.Empty, "akadmin", "", true, false, null);

    [Theory]
    [InlineData("auth_request /other;", "auth_request")]
    [InlineData("location /x { auth_request off; }", "auth_request")]
    [InlineData("location / { proxy_pass http://10.0.0.9; }", "location /")]
    [InlineData("location ^~ / {\n}", "location /")]
    [InlineData("location /outpost.goauthentik.io { }", "outpost.goauthentik.io")]
    [InlineData("satisfy any;", "satisfy any")]
    [InlineData("auth_basic \"cellar\";", "auth_basic")]
    [InlineData("error_page 403 401 /x;", "error_page")]
    [InlineData("# hearthkey begin", "not one pair")]
    [InlineData("# hearthkey end\n# hearthkey begin", "not one pair")]
    public async Task A_text_that_ours_cannot_stand_beside_is_left_alone_and_named(string advanced, string named)
    {
        await using var lab = await Lab.StartAsync();
        var id = lab.Npm.Add("wiki.home.test", advanced);

        var row = (await lab.HostsAsync()).Single();
        row.Obstacle.ShouldNotBeNull().ShouldContain(named);
        (await lab.ProtectAsync(id)).Problem.ShouldBe(row.Obstacle);
        lab.Npm.AdvancedOf(id).ShouldBe(advanced);
        lab.Provider("http://wiki.home.test").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("# auth_request is only a word here\nadd_header X-A b;")]
    [InlineData("location /files { }\nlocation = /x { }\n")]
    [InlineData("\r\n  client_max_body_size 1m;\t")]
    public async Task What_else_is_there_is_kept_and_comes_back_byte_for_byte(string advanced)
    {
        await using var lab = await Lab.StartAsync();
        var id = lab.Npm.Add("wiki.home.test", advanced);

        (await lab.ProtectAsync(id)).Problem.ShouldBeNull();
        var written = lab.Npm.AdvancedOf(id);
        written.ShouldStartWith(advanced);
        written.ShouldContain(Begin + "\n# Hearthkey protects wiki.home.test at http://wiki.home.test\n");
        written.ShouldEndWith("\n" + End);
        (await lab.HostsAsync()).Single().IsProtected.ShouldBeTrue();
        lab.Provider("http://wiki.home.test")!.IsServed.ShouldBeTrue();

        (await lab.TakeBackAsync(id)).Problem.ShouldBeNull();
        lab.Npm.AdvancedOf(id).ShouldBe(advanced);
        lab.Provider("http://wiki.home.test").ShouldBeNull();
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Taking_back_keeps_what_was_written_beside_ours_since(Dialect dialect)
    {
        await using var lab = await Lab.StartAsync(dialect: dialect);
        var id = lab.Npm.Add("wiki.home.test", "# mine");
        await lab.ProtectAsync(id);
        lab.Npm.Hosts[id]["advanced_config"] = "# new\n" + lab.Npm.AdvancedOf(id) + "\n# below";

        (await lab.TakeBackAsync(id)).Problem.ShouldBeNull();

        lab.Npm.AdvancedOf(id).ShouldBe("# new\n# mine\n# below");
        (await lab.Connections.ConnectAsync(Admin, Actor.Server, Lab.Input(lab.Npm.Address), ProviderSite.Ct)).Value!.Uuid.ShouldBe((await lab.ConnectionAsync()).Uuid);
        await lab.Connections.RemoveAsync(Actor.Server, await lab.ConnectionAsync(), ProviderSite.Ct);
    }

    [Fact]
    public async Task A_text_is_out_of_date_when_an_application_is_told_otherwise_and_is_written_again()
    {
        await using var lab = await Lab.StartAsync();
        var id = lab.Npm.Add("wiki.home.test files.home.test", "# mine");
        await lab.ProtectAsync(id);
        (await lab.HostsAsync()).Single().IsOutdated.ShouldBeFalse();

        await lab.PatchAsync("http://wiki.home.test", new() { ["identity_headers"] = "custom", ["header_username"] = "X-Wiki-User" });
        await lab.PatchAsync("http://wiki.home.test", new() { ["basic_auth_enabled"] = true, ["basic_auth_user_attribute"] = "a", ["basic_auth_password_attribute"] = "b" });
        await lab.PatchAsync("http://files.home.test", new() { ["identity_headers"] = "remote_user" });
        var row = (await lab.HostsAsync()).Single();
        row.IsOutdated.ShouldBeTrue();
        (await lab.RenewAsync(id, "other")).Problem.ShouldNotBeNull().ShouldContain("changed in Nginx Proxy Manager since");
        (await lab.RenewAsync(id, row.Seen)).Problem.ShouldBeNull();

        var text = lab.Npm.AdvancedOf(id);
        text.ShouldStartWith("# mine\n" + Begin);
        text.ShouldContain("\"$hearthkey_claim$http_x_wiki_user$http_remote_user$http_remote_groups$http_remote_email$http_remote_name\"");
        text.ShouldContain("    proxy_set_header X-Wiki-User $hearthkey_more_1;");
        text.ShouldContain("    proxy_set_header Authorization $hearthkey_more_6$hearthkey_own_login;");
        text.ShouldContain("if ($host = files.home.test) { set $hearthkey_own_login $http_authorization; }");
        text.ShouldNotContain("if ($host = wiki.home.test)");
        (await lab.HostsAsync()).Single().IsOutdated.ShouldBeFalse();
        (await lab.TakeBackAsync(id)).Problem.ShouldBeNull();
        lab.Npm.AdvancedOf(id).ShouldBe("# mine");
        lab.Provider("http://wiki.home.test").ShouldBeNull();
    }

    [Fact]
    public async Task A_text_that_could_not_be_written_again_stays_and_can_be_taken_back()
    {
        await using var lab = await Lab.StartAsync();
        var id = lab.Npm.Add("wiki.home.test", "# mine");
        await lab.ProtectAsync(id);
        var written = lab.Npm.AdvancedOf(id);
        await lab.PatchAsync("http://wiki.home.test", new() { ["identity_headers"] = "remote_user" });
        lab.Npm.OnWrite = host => host["meta"] = lab.Npm.AdvancedOf(id).Contains("Remote-User", StringComparison.Ordinal)
            ? new JsonObject { ["nginx_online"] = false, ["nginx_err"] = "unknown directive" }
            : new JsonObject { ["nginx_online"] = true };

        (await lab.RenewAsync(id, (await lab.HostsAsync()).Single().Seen)).Problem.ShouldNotBeNull().ShouldContain("unknown directive");

        lab.Npm.AdvancedOf(id).ShouldBe(written);
        (await lab.TakeBackAsync(id)).Problem.ShouldBeNull();
        lab.Npm.AdvancedOf(id).ShouldBe("# mine");
    }

    [Fact]
    public async Task An_app_that_was_there_is_used_and_stays_when_it_is_taken_back()
    {
        await using var lab = await Lab.StartAsync();
        var first = lab.Npm.Add("wiki.home.test");
        await lab.ProtectAsync(first);
        var pk = lab.Provider("http://wiki.home.test")!.Pk;
        var second = lab.Npm.Add("wiki.home.test");

        (await lab.ProtectAsync(second)).Problem.ShouldBeNull();
        (await lab.TakeBackAsync(second)).Problem.ShouldBeNull();

        lab.Provider("http://wiki.home.test")!.Pk.ShouldBe(pk);
    }

    [Fact]
    public async Task Every_name_gets_an_application_and_the_scheme_that_people_use()
    {
        await using var lab = await Lab.StartAsync();
        lab.Npm.Add("wiki.home.test pages.home.test", change: h => h["certificate_id"] = 4);
        lab.Npm.Add("plain.home.test");

        foreach (var row in await lab.HostsAsync()) (await lab.ProtectAsync((int)row.Id)).Problem.ShouldBeNull();

        foreach (var origin in (string[])["https://wiki.home.test", "https://pages.home.test", "http://plain.home.test"])
        {
            lab.Provider(origin)!.ExternalHost.ShouldBe(origin);
            lab.Provider(origin)!.ApplicationSlug.ShouldBe(new Uri(origin).Host.Replace('.', '-'));
        }
    }

    [Fact]
    public async Task Behind_a_tunnel_people_use_https_without_a_certificate()
    {
        await using var lab = await Lab.StartAsync(isTunnelled: true);
        var id = lab.Npm.Add("wiki.home.test");

        (await lab.ProtectAsync(id)).Problem.ShouldBeNull();

        lab.Provider("https://wiki.home.test")!.ExternalHost.ShouldBe("https://wiki.home.test");
    }

    [Fact]
    public async Task One_provider_for_a_domain_is_made_once_and_takes_stars_but_no_strangers()
    {
        await using var lab = await Lab.StartAsync();
        var (star, far) = (lab.Npm.Add("*.home.test"), lab.Npm.Add("wiki.elsewhere.test"));
        (await lab.ProtectAsync(star)).Problem.ShouldNotBeNull().ShouldContain("star");
        var by = ProtectBy.Read("domain:home.test");

        (await lab.ProtectAsync(star, by)).Problem.ShouldBeNull();
        (await lab.ProtectAsync(far, by)).Problem.ShouldNotBeNull().ShouldContain("home.test");
        var domain = lab.Hosts.Domains.ShouldHaveSingleItem();
        (await lab.ProtectAsync(lab.Npm.Add("wiki.home.test"), ProtectBy.Read($"{domain.Pk}"))).Problem.ShouldBeNull();

        domain.CookieDomain.ShouldBe("home.test");
        domain.ExternalHost.ShouldBe("http://id.test");
        lab.Provider("http://wiki.home.test")!.Pk.ShouldBe(domain.Pk);
        (await lab.TakeBackAsync(star)).Problem.ShouldBeNull();
        lab.Hosts.Domains.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_logins_own_host_a_host_that_is_off_and_one_with_an_access_list_are_refused()
    {
        await using var lab = await Lab.StartAsync();
        lab.Npm.Add("id.test");
        lab.Npm.Add("off.home.test", change: h => h["enabled"] = 0);
        lab.Npm.Add("list.home.test", change: h => h["access_list_id"] = 2);
        lab.Npm.Add("part.home.test", change: h => h["locations"] = JsonNode.Parse("""[{"path":"/","forward_scheme":"http","forward_host":"x","forward_port":1}]"""));

        (await lab.HostsAsync()).ShouldAllBe(row => row.Obstacle != null);
    }

    [Fact]
    public async Task A_host_that_was_changed_or_is_gone_since_it_was_listed_is_not_written()
    {
        await using var lab = await Lab.StartAsync();
        var (changed, gone) = (lab.Npm.Add("wiki.home.test"), lab.Npm.Add("files.home.test"));
        var rows = await lab.HostsAsync();
        lab.Npm.Hosts[changed]["domain_names"] = new JsonArray("other.home.test");
        lab.Npm.Hosts.Remove(gone);

        var results = (await lab.Connections.ProtectAsync(
            Admin, Actor.Server, await lab.ConnectionAsync(), [.. rows.Select(r => (r.Id, r.Seen))], ProtectBy.Itself, ProviderSite.Ct)).Value!;

        results[0].Problem.ShouldNotBeNull().ShouldContain("changed in Nginx Proxy Manager since");
        results[1].Problem.ShouldNotBeNull().ShouldContain("no longer there");
        lab.Npm.AdvancedOf(changed).ShouldBe("");
    }

    [Fact]
    public async Task What_nginx_does_not_take_is_taken_out_again_and_nothing_of_it_stays()
    {
        await using var lab = await Lab.StartAsync();
        var id = lab.Npm.Add("wiki.home.test", "# mine");
        lab.Npm.OnWrite = host => host["meta"] = lab.Npm.AdvancedOf(id).Contains(Begin, StringComparison.Ordinal)
            ? new JsonObject { ["nginx_online"] = false, ["nginx_err"] = "unknown directive" }
            : new JsonObject { ["nginx_online"] = true };

        (await lab.ProtectAsync(id)).Problem.ShouldNotBeNull().ShouldContain("unknown directive");

        lab.Npm.AdvancedOf(id).ShouldBe("# mine");
        lab.Provider("http://wiki.home.test").ShouldBeNull();
    }

    [Fact]
    public async Task The_login_is_kept_protected_runs_out_and_goes_with_the_connection()
    {
        await using var lab = await Lab.StartAsync();
        lab.Npm.Add("wiki.home.test");
        var stored = await lab.Site.Store.ReadAsync(db => db.OneAsync($"select token from npm_connection", r => r.Bytes()), ProviderSite.Ct);
        Encoding.UTF8.GetString(stored!).ShouldNotContain(FakeNpm.Token);
        (await lab.HostsAsync()).Count.ShouldBe(1);

        lab.Site.Time.Advance(TimeSpan.FromDays(2));
        (await lab.Connections.HostsAsync(await lab.ConnectionAsync(), ProviderSite.Ct)).NeedsLogin.ShouldBeTrue();
        await lab.Connections.RemoveAsync(Actor.Server, await lab.ConnectionAsync(), ProviderSite.Ct);
        (await lab.Connections.AllAsync(ProviderSite.Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_browser_must_have_proved_its_password_lately()
    {
        await using var lab = await Lab.StartAsync();
        var browser = Admin with { IsBrowser = true, AuthAt = lab.Site.Time.GetUtcNow() - TimeSpan.FromMinutes(20) };
        var connection = await lab.ConnectionAsync();

        (await lab.Connections.ConnectAsync(browser, Actor.Server, Lab.Input(lab.Npm.Address), ProviderSite.Ct)).Code.ShouldBe(StepUp.Code);
        (await lab.Connections.ProtectAsync(browser, Actor.Server, connection, [(1, "")], ProtectBy.Itself, ProviderSite.Ct)).Code.ShouldBe(StepUp.Code);
        (await lab.Connections.TakeBackAsync(browser, Actor.Server, connection, 1, ProviderSite.Ct)).Code.ShouldBe(StepUp.Code);
        (await lab.Connections.RenewAsync(browser, Actor.Server, connection, 1, "", ProviderSite.Ct)).Code.ShouldBe(StepUp.Code);
    }

    [Theory]
    [InlineData("address", "ftp://x")]
    [InlineData("address", "http://x/path")]
    [InlineData("server_url", "hearthkey")]
    [InlineData("identity", "")]
    [InlineData("http_port", 70000)]
    public async Task What_cannot_be_used_is_blamed_on_its_field(string field, object value)
    {
        await using var lab = await Lab.StartAsync();
        var input = Lab.Input(lab.Npm.Address, body => body[field] = value is int number ? number : (string)value);

        var outcome = await lab.Connections.ConnectAsync(Admin, Actor.Server, input, ProviderSite.Ct);

        outcome.Errors!.For(field).ShouldNotBeNull();
    }

    private sealed class Lab(ProviderSite site, FakeNpm npm) : IAsyncDisposable
    {
        public ProviderSite Site => site;

        public FakeNpm Npm => npm;

        public NpmConnections Connections => site.Services.GetRequiredService<NpmConnections>();

        public ProtectedHosts Hosts => site.Services.GetRequiredService<ProtectedHosts>();

        public static async Task<Lab> StartAsync(bool isTunnelled = false, Dialect dialect = Dialect.Sqlite)
        {
            var lab = new Lab(await ProviderSite.StartAsync(dialect), await FakeNpm.StartAsync());
            var outcome = await lab.Connections.ConnectAsync(
                Admin, Actor.Server, Input(lab.Npm.Address, body => body["is_tunnelled"] = isTunnelled), ProviderSite.Ct);
            outcome.Value.ShouldNotBeNull();
            return lab;
        }

        public static JsonElement Input(string address, Action<JsonObject>? change = null)
        {
            var body = new JsonObject { ["address"] = address, ["identity"] = "admin@home.test", ["secret"] = "cellar", ["server_url"] = "http://hearthkey:9000" };
            change?.Invoke(body);
            return JsonElement.Parse(body.ToJsonString());
        }

        public async Task<NpmConnection> ConnectionAsync() => (await Connections.AllAsync(ProviderSite.Ct)).Single();

        public async Task<IReadOnlyList<NpmHostRow>> HostsAsync()
        {
            var list = await Connections.HostsAsync(await ConnectionAsync(), ProviderSite.Ct);
            list.Problem.ShouldBeNull();
            return list.Hosts;
        }

        public async Task<NpmResult> ProtectAsync(int id, ProtectBy? by = null)
        {
            var row = (await HostsAsync()).Single(r => r.Id == id);
            return (await Connections.ProtectAsync(Admin, Actor.Server, await ConnectionAsync(), [(id, row.Seen)], by ?? ProtectBy.Itself, ProviderSite.Ct)).Value!.Single();
        }

        public async Task<NpmResult> TakeBackAsync(int id) =>
            (await Connections.TakeBackAsync(Admin, Actor.Server, await ConnectionAsync(), id, ProviderSite.Ct)).Value!;

        public async Task<NpmResult> RenewAsync(int id, string seen) =>
            (await Connections.RenewAsync(Admin, Actor.Server, await ConnectionAsync(), id, seen, ProviderSite.Ct)).Value!;

        public Task PatchAsync(string origin, JsonObject change) => site.PatchAsync($"providers/proxy/{Provider(origin)!.Pk}/", change);

        /// <summary>The provider that has this host as its own or covers it.</summary>
        public ProtectedHost? Provider(string origin) => Hosts.Find(origin);

        public async ValueTask DisposeAsync()
        {
            await npm.DisposeAsync();
            await site.DisposeAsync();
        }
    }
}
