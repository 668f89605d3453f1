using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.Mappings;

public sealed class ScopeMappingsTests
{
    [Fact]
    public async Task The_managed_mappings_are_there_with_their_expressions()
    {
        await using var site = await ProviderSite.StartAsync();

        var all = (await site.GetAsync("propertymappings/provider/scope/"))["results"]!.AsArray();

        all.Select(m => m!["scope_name"]!.GetValue<string>()).ShouldBe(["ak_proxy", "email", "entitlements", "offline_access", "openid", "profile"]);
        all.ShouldAllBe(m => m!["expression"]!.GetValue<string>().Contains("return"));
        var email = (await site.GetAsync("propertymappings/provider/scope/?managed=goauthentik.io/providers/oauth2/scope-email"))["results"]!.AsArray();
        email.Single()!["component"]!.GetValue<string>().ShouldBe("ak-property-mapping-provider-scope-form");
    }

    [Fact]
    public async Task Creating_editing_and_deleting_one_is_refused_with_a_sentence()
    {
        await using var site = await ProviderSite.StartAsync();
        var pk = (await site.GetAsync("propertymappings/provider/scope/?scope_name=email"))["results"]![0]!["pk"]!.GetValue<string>();

        var errors = await site.RefusedAsync("propertymappings/provider/scope/", new JsonObject { ["name"] = "x", ["scope_name"] = "x", ["expression"] = "return {}" });

        errors["non_field_errors"]![0]!.GetValue<string>().ShouldContain("not created or edited yet");
        (await site.ApiAsync(HttpMethod.Patch, $"propertymappings/provider/scope/{pk}/", new JsonObject { ["name"] = "x" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await site.ApiAsync(HttpMethod.Delete, $"propertymappings/provider/scope/{pk}/")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_mapping_knows_the_providers_that_use_it()
    {
        await using var site = await ProviderSite.StartAsync();
        await TestApp.RegisterAsync(site);
        var pk = (await site.GetAsync("propertymappings/provider/scope/?scope_name=email"))["results"]![0]!["pk"]!.GetValue<string>();

        var used = (await site.GetAsync($"propertymappings/provider/scope/{pk}/used_by/")).AsArray();

        used.Single()!["name"]!.GetValue<string>().ShouldBe("grafana-oidc");
    }
}
