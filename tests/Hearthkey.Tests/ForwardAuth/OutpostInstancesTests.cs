using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary><c>outposts/instances/</c> as the API has it.</summary>
public sealed class OutpostInstancesTests
{
    [Fact]
    public async Task The_embedded_outpost_is_there_from_the_first_start()
    {
        await using var site = await ForwardAuthSite.StartAsync();

        var outpost = await site.OutpostAsync();

        outpost["name"]!.GetValue<string>().ShouldBe("authentik Embedded Outpost");
        outpost["managed"]!.GetValue<string>().ShouldBe("goauthentik.io/outposts/embedded");
        outpost["type"]!.GetValue<string>().ShouldBe("proxy");
        outpost["providers"]!.AsArray().ShouldBeEmpty();
        outpost["providers_obj"]!.AsArray().ShouldBeEmpty();
        outpost.AsObject().ContainsKey("service_connection_obj").ShouldBeTrue();
        outpost["refresh_interval_s"]!.GetValue<int>().ShouldBe(300);
        outpost["token_identifier"]!.GetValue<string>().ShouldBe($"ak-outpost-{outpost["pk"]}-api");
        outpost["config"]!["object_naming_template"]!.GetValue<string>().ShouldBe("ak-outpost-%(name)s");
        (await site.Server.GetAsync("outposts/instances/default_settings/"))["config"]!["log_level"]!.GetValue<string>().ShouldBe("info");
        var health = (await site.Server.GetAsync($"outposts/instances/{outpost["pk"]}/health/")).AsArray().Single()!;
        health["version"]!.GetValue<string>().ShouldBe(health["version_should"]!.GetValue<string>());
        health["version_outdated"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Its_name_is_what_applications_are_told()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync(change: body => body["skip_path_regex"] = "^/open");

        await site.Server.PatchAsync(await PathAsync(site), new JsonObject { ["name"] = "front door" });

        using var response = await site.CheckAsync("http://wiki.home.test/open");
        response.Headers.GetValues("X-authentik-meta-outpost").Single().ShouldBe("front door");
    }

    [Fact]
    public async Task It_takes_proxy_providers_alone()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await TestApp.RegisterAsync(site.Server);
        var path = await PathAsync(site);

        (await RefusedAsync(site, path, "providers", new JsonArray(app.Pk))).ShouldContain("no proxy provider");
        (await RefusedAsync(site, path, "providers", new JsonArray(4711))).ShouldContain("does not exist");
    }

    [Theory]
    [InlineData("type", "\"ldap\"", "not built yet")]
    [InlineData("service_connection", "\"11111111-0000-7000-8000-000000000009\"", "not built yet")]
    [InlineData("config", """{"docker_network": "home"}""", "not built yet")]
    [InlineData("config", """{"authentik_host": "https://elsewhere.test"}""", "base URL")]
    [InlineData("config", """{"colour": "red"}""", "no setting")]
    [InlineData("managed", "\"mine\"", "leave it at")]
    public async Task What_has_no_effect_here_is_refused(string field, string value, string because)
    {
        await using var site = await ForwardAuthSite.StartAsync();

        (await RefusedAsync(site, await PathAsync(site), field, JsonNode.Parse(value)!)).ShouldContain(because);
    }

    [Fact]
    public async Task The_host_may_be_named_where_it_is_the_base_url()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var path = await PathAsync(site);

        await site.Server.PatchAsync(path, new JsonObject { ["config"] = new JsonObject { ["authentik_host"] = "http://id.test/" } });

        (await site.Server.GetAsync(path))["config"]!["authentik_host"]!.GetValue<string>().ShouldBe("http://id.test/");
    }

    [Fact]
    public async Task Another_outpost_is_refused_with_a_sentence_and_this_one_cannot_be_deleted()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = new JsonObject { ["name"] = "remote", ["type"] = "proxy", ["providers"] = new JsonArray(), ["config"] = new JsonObject() };

        (await site.Server.RefusedAsync("outposts/instances/", body)).ToJsonString().ShouldContain("Standalone outposts are not built yet");
        var (status, answer) = await site.Server.ApiAsync(HttpMethod.Delete, await PathAsync(site));
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer!.ToJsonString().ShouldContain("part of the server");
    }

    [Theory]
    [InlineData("name__icontains=embedded", 1)]
    [InlineData("name__iexact=remote", 0)]
    [InlineData("managed__iexact=goauthentik.io/outposts/embedded", 1)]
    [InlineData("managed__icontains=EMBEDDED", 1)]
    [InlineData("providers__isnull=false", 1)]
    [InlineData("providers_by_pk=4711", 0)]
    [InlineData("service_connection__name__iexact=x", 0)]
    [InlineData("search=outpost", 1)]
    public async Task It_is_found_by_its_filters(string query, int count)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();

        (await site.Server.GetAsync("outposts/instances/?" + query))["results"]!.AsArray().Count.ShouldBe(count);
    }

    private static async Task<string> PathAsync(ForwardAuthSite site) => $"outposts/instances/{(await site.OutpostAsync())["pk"]}/";

    private static async Task<string> RefusedAsync(ForwardAuthSite site, string path, string field, JsonNode value)
    {
        var (status, errors) = await site.Server.ApiAsync(HttpMethod.Patch, path, new JsonObject { [field] = value });
        status.ShouldBe(HttpStatusCode.BadRequest, errors?.ToJsonString());
        return errors![field]![0]!.GetValue<string>();
    }
}
