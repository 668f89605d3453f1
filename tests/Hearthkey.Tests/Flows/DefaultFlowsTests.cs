using Hearthkey.Flows;
using Hearthkey.Storage;
using Hearthkey.Tests.Flows.Support;
using Hearthkey.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Flows;

/// <summary>The flows of a fresh server, with the names that guides, blueprints and Terraform refer to.</summary>
public sealed class DefaultFlowsTests
{
    [Fact]
    public async Task They_have_the_stages_in_order()
    {
        await using var site = await FlowSite.StartAsync();
        var flows = site.Services.GetRequiredService<Snapshots>().Current.Get<FlowsPart>();

        flows.All.Select(f => f.Flow.Slug).Order(StringComparer.Ordinal).ShouldBe(
        [
            "default-authentication-flow", "default-invalidation-flow", "default-provider-authorization-implicit-consent",
            "default-provider-invalidation-flow", "initial-setup",
        ]);
        Stages("default-authentication-flow").ShouldBe(["10 default-authentication-identification", "20 default-authentication-password", "100 default-authentication-login"]);
        Stages("default-invalidation-flow").ShouldBe(["0 default-invalidation-logout"]);
        Stages("default-provider-invalidation-flow").ShouldBeEmpty();
        Stages("default-provider-authorization-implicit-consent").ShouldBeEmpty();
        Stages("initial-setup").ShouldBe(["10 stage-default-oobe-password", "20 default-password-change-write", "100 default-authentication-login"]);
        var brand = (await site.ApiAsync("GET", "core/brands/")).Json.GetProperty("results")[0];
        brand.GetProperty("flow_authentication").GetGuid().ShouldBe(flows.Find("default-authentication-flow")!.Flow.Pk);
        brand.GetProperty("flow_invalidation").GetGuid().ShouldBe(flows.Find("default-invalidation-flow")!.Flow.Pk);

        IEnumerable<string> Stages(string slug) => flows.Find(slug)!.Stages.Select(s => $"{s.Binding.Order} {s.Stage.Name}");
    }

    [Fact]
    public async Task They_sign_in_out_and_are_listed_on_PostgreSQL()
    {
        var database = PostgresServer.SettingsOf(await PostgresServer.NewDatabaseAsync());
        await using var site = await FlowSite.StartAsync(settings: [.. database.Select(s => ("HEARTHKEY_" + s.Name, s.Value))]);
        using var browser = site.Browse();

        (await browser.SignInAsync("akadmin", "wrong")).Status.ShouldBe(422);
        (await browser.SubmitAsync(("password", FlowSite.Password))).Location.ShouldBe("/if/user/");
        (await site.ApiAsync("GET", "stages/all/?search=default&ordering=-name")).Json.GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(6);
        (await site.ApiAsync("GET", $"stages/password/{site.Stage("default-authentication-password").Pk}/used_by/")).Json.GetArrayLength().ShouldBe(1);
        (await site.ApiAsync("GET", "flows/bindings/?order=20")).Status.ShouldBe(200);
        var prompt = (await site.ApiAsync("GET", "stages/prompt/prompts/?field_key=email")).Json.GetProperty("results")[0].GetProperty("pk").GetString();
        (await site.ApiAsync("GET", $"stages/prompt/prompts/{prompt}/used_by/")).Json.GetArrayLength().ShouldBe(1);
        (await site.ApiAsync("GET", "core/authenticated_sessions/?user__username=akadmin")).Json.GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(1);
        (await browser.GetAsync("/if/flow/default-invalidation-flow/")).Text.ShouldContain("You are signed out");
        (await site.CountAsync("session")).ShouldBe(0);
        site.Time.Advance(TimeSpan.FromMinutes(11));
        (await browser.GetAsync(FlowBrowser.SignInPath)).Status.ShouldBe(200);
    }
}
