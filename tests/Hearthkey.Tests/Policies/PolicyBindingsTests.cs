using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.Policies;

public sealed class PolicyBindingsTests
{
    [Fact]
    public async Task A_binding_shows_its_group_and_is_listed_by_its_target()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var group = await site.AddGroupAsync("Family");

        var created = await app.BindAsync(group, order: 3);

        created["group_obj"]!["name"]!.GetValue<string>().ShouldBe("Family");
        created["timeout"]!.GetValue<int>().ShouldBe(30);
        created.AsObject().ContainsKey("policy_obj").ShouldBeTrue();
        (await site.GetAsync($"policies/bindings/?target={app.PbmUuid}&ordering=order"))["results"]!.AsArray().Count.ShouldBe(1);
        (await site.GetAsync($"policies/bindings/?target={Guid.CreateVersion7()}"))["results"]!.AsArray().ShouldBeEmpty();
        (await site.GetAsync($"policies/bindings/?target_in={app.PbmUuid},{Guid.CreateVersion7()}&enabled=true&policy__isnull=true&order=3&timeout=30"))
            ["results"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"order":0}""", "target")]
    [InlineData("""{"target":"TARGET","order":0}""", "non_field_errors")]
    [InlineData("""{"target":"TARGET","order":0,"group":"GROUP","user":1}""", "non_field_errors")]
    [InlineData("""{"target":"TARGET","order":0,"user":1,"policy":"GROUP"}""", "policy")]
    [InlineData("""{"target":"TARGET","order":0,"user":1,"timeout":5}""", "timeout")]
    [InlineData("""{"target":"TARGET","order":0,"user":1,"failure_result":true}""", "failure_result")]
    [InlineData("""{"target":"TARGET","order":0,"user":404}""", "user")]
    [InlineData("""{"target":"GROUP","order":0,"user":1}""", "target")]
    [InlineData("""{"target":"TARGET","user":1}""", "order")]
    public async Task What_is_not_built_or_makes_no_sense_is_refused_by_field(string body, string field)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var group = await site.AddGroupAsync("Family");

        var errors = await site.RefusedAsync("policies/bindings/", JsonNode.Parse(
            body.Replace("TARGET", app.PbmUuid, StringComparison.Ordinal).Replace("GROUP", group, StringComparison.Ordinal))!);

        errors.AsObject().Select(e => e.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task An_edit_can_turn_a_group_into_a_person()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var binding = await app.BindAsync(await site.AddGroupAsync("Family"));

        await site.PatchAsync($"policies/bindings/{binding["pk"]}/", new JsonObject { ["group"] = null, ["user"] = 1, ["negate"] = true });

        var now = await site.GetAsync($"policies/bindings/{binding["pk"]}/");
        now["user_obj"]!["username"]!.GetValue<string>().ShouldBe("akadmin");
        now["negate"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task People_who_are_no_admins_may_not_look_at_bindings()
    {
        await using var site = await ProviderSite.StartAsync();
        var mara = await site.AddUserAsync("mara");

        (await site.ApiAsync(HttpMethod.Get, "policies/bindings/", null, mara)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.ApiAsync(HttpMethod.Get, "policies/bindings/", null, null)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
