using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Storage;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary><c>providers/proxy_hosts/</c>: hosts of a domain that have rules of their own.</summary>
public sealed class ProxyHostsTests
{
    private const string Path = "providers/proxy_hosts/";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_host_is_made_found_changed_and_goes_with_its_bindings(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        var home = await DomainAsync(site);
        var made = await site.Server.CreateAsync(Path, Body(home, " Photos.Home.TEST. "));
        await site.Server.CreateAsync(Path, Body(home, "*.media.home.test", body => (body["open"], body["skip_path_regex"], body["policy_engine_mode"]) = (true, "^/health$", "all")));

        var pk = made["pk"]!.GetValue<string>();
        made["pbm_uuid"]!.GetValue<string>().ShouldBe(pk);
        made["host"]!.GetValue<string>().ShouldBe("photos.home.test");
        made["provider"]!.GetValue<long>().ShouldBe(home.Pk);
        made["open"]!.GetValue<bool>().ShouldBeFalse();
        made["skip_path_regex"]!.GetValue<string>().ShouldBe("");
        made["policy_engine_mode"]!.GetValue<string>().ShouldBe("any");
        (await HostsAsync(site)).ShouldBe(["*.media.home.test", "photos.home.test"]);
        (await HostsAsync(site, "?ordering=-host")).ShouldBe(["photos.home.test", "*.media.home.test"]);
        (await HostsAsync(site, "?open=true")).ShouldBe(["*.media.home.test"]);
        (await HostsAsync(site, "?host=PHOTOS.home.test")).ShouldBe(["photos.home.test"]);
        (await HostsAsync(site, "?search=media")).ShouldBe(["*.media.home.test"]);
        (await HostsAsync(site, "?provider=" + (home.Pk + 1))).ShouldBeEmpty();

        await site.Server.PatchAsync($"{Path}{pk}/", new JsonObject { ["host"] = "pictures.home.test" });
        var binding = await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = pk, ["user"] = 1, ["order"] = 0 });
        (await site.Server.GetAsync($"{Path}{pk}/used_by/")).AsArray().Single()!["name"]!.GetValue<string>().ShouldBe("access of akadmin");
        (await site.Server.EventsAsync("model_created")).ShouldContain(e => e["target"] != null && e["target"]!.GetValue<string>() == "pictures.home.test");

        (await site.Server.ApiAsync(HttpMethod.Delete, $"{Path}{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await HostsAsync(site)).ShouldBe(["*.media.home.test"]);
        (await site.Server.ApiAsync(HttpMethod.Get, $"policies/bindings/{binding["pk"]}/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(Dialect.Sqlite, "providers/proxy/")]
    [InlineData(Dialect.Postgres, "providers/all/")]
    public async Task With_a_provider_its_hosts_go_and_their_bindings(Dialect dialect, string door)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        var home = await DomainAsync(site);
        var host = (await site.Server.CreateAsync(Path, Body(home, "photos.home.test")))["pk"]!.GetValue<string>();
        await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = host, ["user"] = 1, ["order"] = 0 });
        (await site.Server.GetAsync($"{door}{home.Pk}/used_by/")).AsArray().ShouldContain(u => u!["model_name"]!.GetValue<string>() == "proxyhost" && u["name"]!.GetValue<string>() == "photos.home.test");

        (await site.Server.ApiAsync(HttpMethod.Delete, $"{door}{home.Pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await HostsAsync(site)).ShouldBeEmpty();
        (await site.Server.GetAsync("policies/bindings/?target=" + host))["results"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://photos.home.test", "without scheme, port and path")]
    [InlineData("photos.home.test:8443", "without scheme, port and path")]
    [InlineData("photos.home.test:443", "without scheme, port and path")]
    [InlineData("photos.home.test/albums", "without scheme, port and path")]
    [InlineData("user@photos.home.test", "without scheme, port and path")]
    [InlineData("photos home.test", "without scheme, port and path")]
    [InlineData("photos.*.home.test", "without scheme, port and path")]
    [InlineData("*", "without scheme, port and path")]
    [InlineData("*.", "without scheme, port and path")]
    [InlineData("*.*.home.test", "without scheme, port and path")]
    [InlineData("10.0.0.5", "without scheme, port and path")]
    [InlineData("[::1]", "without scheme, port and path")]
    [InlineData("", "may not be blank")]
    [InlineData("photos.elsewhere.test", "choose one in home.test")]
    [InlineData("photoshome.test", "choose one in home.test")]
    [InlineData("*.test", "choose one in home.test")]
    [InlineData("login.home.test", "address of the login itself")]
    [InlineData("LOGIN.home.test.", "address of the login itself")]
    [InlineData("wiki.home.test", "belongs to the provider “wiki” alone")]
    [InlineData("photos.home.test", "has rules already")]
    public async Task A_host_that_cannot_have_rules_is_refused_with_a_reason(string host, string reason)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var home = await DomainAsync(site);
        await site.ProtectAsync();
        await site.Server.CreateAsync("core/brands/", new JsonObject { ["domain"] = "login.home.test" });
        await site.Server.CreateAsync(Path, Body(home, "photos.home.test"));

        (await site.Server.RefusedAsync(Path, Body(home, host)))["host"]!.ToJsonString(_plain).ShouldContain(reason);
    }

    [Fact]
    public async Task Only_a_provider_for_a_domain_has_hosts_with_rules()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var home = await DomainAsync(site);
        var wiki = await site.ProtectAsync();
        var host = (await site.Server.CreateAsync(Path, Body(home, "photos.home.test")))["pk"]!.GetValue<string>();

        (await site.Server.RefusedAsync(Path, Body(wiki, "wiki.home.test")))["provider"]!.ToJsonString(_plain).ShouldContain("does not protect a whole domain");
        (await site.Server.RefusedAsync(Path, Body(new(4711, "", ""), "wiki.home.test")))["provider"]!.ToJsonString(_plain).ShouldContain("does not exist");
        await site.Server.PatchAsync($"{Path}{host}/", new JsonObject { ["open"] = true });
        await site.Server.PatchAsync($"providers/proxy/{home.Pk}/", new JsonObject { ["mode"] = "forward_single", ["cookie_domain"] = "" });
        (await site.Server.ApiAsync(HttpMethod.Patch, $"{Path}{host}/", new JsonObject { ["open"] = false })).Body!["provider"]!.ToJsonString(_plain).ShouldContain("does not protect a whole domain");
    }

    [Fact]
    public async Task A_pattern_that_cannot_be_used_is_refused_with_its_line()
    {
        await using var site = await ForwardAuthSite.StartAsync();

        var refused = await site.Server.RefusedAsync(Path, Body(await DomainAsync(site), "photos.home.test", body => body["skip_path_regex"] = "^/ok\n(?=no)"));

        refused["skip_path_regex"]!.ToJsonString(_plain).ShouldContain("Line 2");
    }

    [Fact]
    public async Task The_last_group_that_may_open_a_host_is_kept_until_something_is_changed_there()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var host = (await site.Server.CreateAsync(Path, Body(await DomainAsync(site), "photos.home.test")))["pk"]!.GetValue<string>();
        var family = await site.Server.AddGroupAsync("family");
        await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = host, ["group"] = family, ["order"] = 0 });

        var (status, body) = await site.Server.ApiAsync(HttpMethod.Delete, $"core/groups/{family}/");

        status.ShouldBe(HttpStatusCode.BadRequest);
        body!.ToJsonString(_plain).ShouldContain("“photos.home.test”");
        (await site.Server.GetAsync($"core/groups/{family}/used_by/")).AsArray().Single()!["name"]!.GetValue<string>().ShouldBe("access to photos.home.test");
    }

    [Fact]
    public async Task People_who_are_no_admins_see_and_write_nothing()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var home = await DomainAsync(site);
        var mara = await site.Server.AddUserAsync("mara");

        (await site.Server.ApiAsync(HttpMethod.Get, Path, null, mara)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Server.ApiAsync(HttpMethod.Post, Path, Body(home, "photos.home.test"), mara)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Task<ProtectedApp> DomainAsync(ForwardAuthSite site) => site.ProtectAsync(
        "home", "http://auth.home.test", body => (body["mode"], body["cookie_domain"]) = ("forward_domain", "home.test"));

    internal static JsonObject Body(ProtectedApp app, string host, Action<JsonObject>? change = null)
    {
        var body = new JsonObject { ["provider"] = app.Pk, ["host"] = host };
        change?.Invoke(body);
        return body;
    }

    private static async Task<List<string>> HostsAsync(ForwardAuthSite site, string query = "") =>
        [.. (await site.Server.GetAsync(Path + query))["results"]!.AsArray().Select(h => h!["host"]!.GetValue<string>())];
}
