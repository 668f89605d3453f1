using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Tests.OidcProvider;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary><c>providers/proxy/</c> as the API has it.</summary>
public sealed class ProxyProvidersTests
{
    [Fact]
    public async Task A_new_provider_has_the_wire_and_the_defaults_of_the_api()
    {
        await using var site = await ForwardAuthSite.StartAsync();

        var made = await site.Server.CreateAsync("providers/proxy/", site.Body());

        made["client_id"]!.GetValue<string>().Length.ShouldBe(40);
        made["component"]!.GetValue<string>().ShouldBe("ak-provider-proxy-form");
        made["meta_model_name"]!.GetValue<string>().ShouldBe("authentik_providers_proxy.proxyprovider");
        made["verbose_name"]!.GetValue<string>().ShouldBe("Proxy Provider");
        made["access_token_validity"]!.GetValue<string>().ShouldBe("hours=1");
        made["refresh_token_validity"]!.GetValue<string>().ShouldBe("days=30");
        made["internal_host"].ShouldBeNull();
        made["internal_host_ssl_validation"]!.GetValue<bool>().ShouldBeTrue();
        made["intercept_header_auth"]!.GetValue<bool>().ShouldBeTrue();
        made["basic_auth_enabled"]!.GetValue<bool>().ShouldBeFalse();
        made["certificate"].ShouldBeNull();
        made["outpost_set"]!.AsArray().ShouldBeEmpty();
        made["assigned_application_slug"].ShouldBeNull();
        made["redirect_uris"]!.AsArray().Select(u => u!["url"]!.GetValue<string>()).ShouldBe([
            "http://wiki.home.test/outpost.goauthentik.io/callback?X-authentik-auth-callback=true",
            "http://wiki.home.test?X-authentik-auth-callback=true",
        ]);
        made.ToJsonString().ShouldNotContain("secret");
        var mappings = (await site.Server.GetAsync("propertymappings/provider/scope/"))["results"]!.AsArray();
        mappings.Where(m => made["property_mappings"]!.AsArray().Any(p => p!.GetValue<string>() == m!["pk"]!.GetValue<string>()))
            .Select(m => m!["scope_name"]!.GetValue<string>()).Order().ShouldBe(["ak_proxy", "email", "entitlements", "openid", "profile"]);
    }

    [Theory]
    [InlineData("certificate", "\"11111111-0000-7000-8000-000000000009\"")]
    [InlineData("jwt_federation_providers", "[1]")]
    [InlineData("jwt_federation_sources", "[\"11111111-0000-7000-8000-000000000009\"]")]
    [InlineData("refresh_token_validity", "\"days=1\"")]
    public async Task What_is_not_built_is_refused(string field, string value)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body();
        body[field] = JsonNode.Parse(value);

        (await site.Server.RefusedAsync("providers/proxy/", body))[field]![0]!.GetValue<string>().ShouldContain("not built yet");
    }

    [Theory]
    [InlineData("external_host", "wiki.home.test")]
    [InlineData("external_host", "ftp://wiki.home.test")]
    [InlineData("external_host", "https://wiki.home.test/path")]
    [InlineData("external_host", "https://wiki.home.test?x=1")]
    [InlineData("external_host", "https://user@wiki.home.test")]
    [InlineData("external_host", "")]
    [InlineData("cookie_domain", "home.test")]
    [InlineData("access_token_validity", "seconds=0")]
    [InlineData("access_token_validity", "an hour")]
    [InlineData("mode", "forward_all")]
    [InlineData("internal_host", "10.0.0.5:8080")]
    [InlineData("internal_host", "ftp://10.0.0.5")]
    [InlineData("internal_host", "http://user:word@10.0.0.5")]
    [InlineData("internal_host", "http://wiki.home.test:80/")]
    [InlineData("name", " ")]
    public async Task Values_that_cannot_work_are_refused_at_their_field(string field, string value)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body();
        body[field] = value;

        (await site.Server.RefusedAsync("providers/proxy/", body)).AsObject().Select(e => e.Key).ShouldBe([field]);
    }

    [Theory]
    [InlineData("http://auth.home.test", "test", "cookie_domain")]
    [InlineData("http://auth.home.test", "co.uk", "cookie_domain")]
    [InlineData("http://auth.home.test", "duckdns.org", "cookie_domain")]
    [InlineData("http://auth.home.test", ".github.io", "cookie_domain")]
    [InlineData("https://me.duckdns.org", "", "cookie_domain")]
    [InlineData("http://auth.home.test", "https://home.test", "cookie_domain")]
    [InlineData("http://home.test", "", "cookie_domain")]
    [InlineData("http://auth.co.uk", "", "cookie_domain")]
    [InlineData("http://10.0.0.5", "", "external_host")]
    [InlineData("http://[::1]:9000", "", "external_host")]
    public async Task A_domain_that_strangers_share_is_never_covered(string externalHost, string domain, string field)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body(externalHost: externalHost, mode: "forward_domain");
        body["cookie_domain"] = domain;

        (await site.Server.RefusedAsync("providers/proxy/", body)).AsObject().Select(e => e.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task A_provider_without_a_mode_is_in_proxy_mode_and_needs_an_internal_host()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body();
        body.Remove("mode");

        (await site.Server.RefusedAsync("providers/proxy/", body)).AsObject().Select(e => e.Key).ShouldBe(["internal_host"]);

        body["internal_host"] = "http://10.0.0.5:8080/a/path/that/is/ignored";
        var made = await site.Server.CreateAsync("providers/proxy/", body);

        made["mode"]!.GetValue<string>().ShouldBe("proxy");
        made["internal_host_ssl_validation"]!.GetValue<bool>().ShouldBeTrue();
        (await site.Server.GetAsync("providers/proxy/?internal_host__iexact=HTTP://10.0.0.5:8080/a/path/that/is/ignored"))["results"]!.AsArray().Count.ShouldBe(1);
        (await site.Server.GetAsync("providers/proxy/?internal_host_ssl_validation__iexact=false"))["results"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_login_itself_cannot_be_put_behind_proxy_mode()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body(externalHost: ProviderSite.Origin, mode: "proxy");
        body["internal_host"] = "http://10.0.0.5:8080";

        (await site.Server.RefusedAsync("providers/proxy/", body))["external_host"]![0]!.GetValue<string>().ShouldContain("the login itself");
    }

    [Fact]
    public async Task A_broken_pattern_is_blamed_on_its_line()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body();
        body["skip_path_regex"] = "^/health\n\n^/web(hook";

        (await site.Server.RefusedAsync("providers/proxy/", body))["skip_path_regex"]![0]!.GetValue<string>().ShouldStartWith("Line 3: “^/web(hook”");
    }

    /// <summary>DESIGN 6.9: the redirect URI is made of the external host.</summary>
    [Theory]
    [InlineData("""{"external_host":"http://evil.home.test"}""", true)]
    [InlineData("""{"mode":"forward_domain","cookie_domain":"home.test"}""", true)]
    [InlineData("""{"access_token_validity":"hours=2"}""", false)]
    public async Task Moving_a_provider_needs_a_recent_proof(string change, bool isNeeded)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var providers = site.Server.Services.GetRequiredService<ProxyProviders>();
        var body = JsonElement.Parse(site.Body("second", "http://second.home.test").ToJsonString());

        (await UpdateAsync(StepUpTests.Stale(site.Server))).Code.ShouldBe(isNeeded ? StepUp.Code : null);
        (await UpdateAsync(StepUpTests.Fresh(site.Server))).Value.ShouldNotBeNull();
        (await providers.CreateAsync(StepUpTests.Stale(site.Server), Actor.Server, body, ProviderSite.Ct)).Code.ShouldBe(StepUp.Code);
        (await providers.CreateAsync(StepUpTests.Fresh(site.Server), Actor.Server, body, ProviderSite.Ct)).Value.ShouldNotBeNull();

        Task<Outcome<ProxyProvider>> UpdateAsync(Caller caller) => providers.UpdateAsync(
            caller, Actor.Server, app.Pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture), JsonElement.Parse(change), isPartial: true, ProviderSite.Ct);
    }

    /// <summary>What was stored by other means is no less shared: the login leads nowhere but to the provider's own host.</summary>
    [Fact]
    public async Task A_domain_of_strangers_that_lies_in_the_database_covers_nothing()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync("me", "http://me.duckdns.org", body =>
        {
            body["mode"] = "forward_domain";
            body["cookie_domain"] = "me.duckdns.org";
        });
        (await site.CheckAsync("http://wiki.me.duckdns.org/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await site.Server.Store.WriteAsync(async db =>
        {
            await db.ExecAsync($"update proxy_provider set cookie_domain = 'duckdns.org' where pk = {app.Pk}");
            await db.ChangedAsync("authentik_core.provider", app.Pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture));
            return true;
        }, ProviderSite.Ct);

        (await site.CheckAsync("http://evil.duckdns.org/")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Two_providers_cannot_answer_for_one_host()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.Server.CreateAsync("providers/proxy/", site.Body());

        var errors = await site.Server.RefusedAsync("providers/proxy/", site.Body("second", "http://WIKI.home.test:80/"));

        errors["external_host"]![0]!.GetValue<string>().ShouldContain("“wiki”");
    }

    [Fact]
    public async Task It_is_found_changed_and_deleted()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        await site.ProtectAsync("photos", "http://photos.home.test");
        var path = $"providers/proxy/{app.Pk}/";

        var one = await site.Server.GetAsync(path);
        one["outpost_set"]!.AsArray().Select(o => o!.GetValue<string>()).ShouldBe(["authentik Embedded Outpost"]);
        one["assigned_application_slug"]!.GetValue<string>().ShouldBe("wiki");
        foreach (var query in new[] { "search=wiki", "name__iexact=WIKI", "external_host__iexact=http://wiki.home.test", "ordering=-name&page_size=1" })
            (await site.Server.GetAsync("providers/proxy/?" + query))["results"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ShouldBe(["wiki"]);
        (await site.Server.GetAsync("providers/proxy/?internal_host__iexact=x"))["results"]!.AsArray().ShouldBeEmpty();

        await site.Server.PatchAsync(path, new JsonObject { ["access_token_validity"] = "hours=8" });
        var (status, put) = await site.Server.ApiAsync(HttpMethod.Put, path, site.Body("wiki", "http://wiki.home.test:8080"));
        status.ShouldBe(HttpStatusCode.OK, put?.ToJsonString());
        put!["access_token_validity"]!.GetValue<string>().ShouldBe("hours=8");
        put["client_id"]!.GetValue<string>().ShouldBe(app.ClientId);

        var users = (await site.Server.GetAsync(path + "used_by/")).AsArray();
        users.Select(u => (u!["model_name"]!.GetValue<string>(), u["action"]!.GetValue<string>()))
            .ShouldBe([("application", "set_null"), ("outpost", "cascade_many")], ignoreOrder: true);
        (await site.Server.ApiAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await site.StatusAsync("http://wiki.home.test:8080/")).ShouldBe(HttpStatusCode.BadRequest);
        (await site.Server.EventsAsync("model_deleted")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Its_application_leads_to_the_external_host()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();

        (await site.Server.GetAsync("core/applications/wiki/"))["launch_url"]!.GetValue<string>().ShouldBe("http://wiki.home.test");
    }

    [Fact]
    public async Task People_who_are_no_admins_see_none()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var mara = await site.Server.AddUserAsync("mara");

        (await site.Server.ApiAsync(HttpMethod.Get, "providers/proxy/", caller: mara)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Server.ApiAsync(HttpMethod.Get, "outposts/instances/", caller: mara)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
