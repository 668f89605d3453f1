using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.Policies;

/// <summary>What has no binding is open to everyone: a delete must not open it by accident.</summary>
public sealed class LastBindingTests
{
    [Fact]
    public async Task A_group_that_is_the_only_one_let_in_cannot_be_deleted()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var group = await site.AddGroupAsync("Family");
        await app.BindAsync(group);

        var (status, body) = await site.ApiAsync(HttpMethod.Delete, $"core/groups/{group}/");

        status.ShouldBe(HttpStatusCode.BadRequest);
        body!.ToJsonString().ShouldContain("open to everyone");
    }

    [Fact]
    public async Task A_binding_that_is_switched_off_does_not_count()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var group = await site.AddGroupAsync("Family");
        await app.BindAsync(group);
        var other = await app.BindAsync(await site.AddGroupAsync("Friends"), order: 1);
        await site.PatchAsync($"policies/bindings/{other["pk"]}/", new JsonObject { ["enabled"] = false });

        (await site.ApiAsync(HttpMethod.Delete, $"core/groups/{group}/")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Over_REST_the_last_binding_itself_may_go_and_the_event_says_what_that_means()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var first = await app.BindAsync(await site.AddGroupAsync("Family"));
        var second = await app.BindAsync(await site.AddGroupAsync("Friends"), order: 1);

        (await site.ApiAsync(HttpMethod.Delete, $"policies/bindings/{first["pk"]}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        site.Time.Advance(TimeSpan.FromSeconds(1));
        (await site.ApiAsync(HttpMethod.Delete, $"policies/bindings/{second["pk"]}/")).Status.ShouldBe(HttpStatusCode.NoContent);

        var told = await site.EventsAsync("model_deleted");
        told.Select(e => e["target"]!.GetValue<string>()).ShouldBe(["Grafana", "Grafana"]);
        told.Select(e => e["now_open_to_everyone"]?.GetValue<bool>()).ShouldBe([null, true]);
    }

    [Theory]
    [InlineData("enabled", "false")]
    [InlineData("target", "\"OTHER\"")]
    public async Task An_edit_that_takes_the_last_binding_away_says_so_too(string field, string value)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var other = await TestApp.RegisterAsync(site, name: "Wiki", slug: "wiki");
        var binding = await app.BindAsync(await site.AddGroupAsync("Family"));

        await site.PatchAsync($"policies/bindings/{binding["pk"]}/", new JsonObject { ["order"] = 4 });
        site.Time.Advance(TimeSpan.FromSeconds(1));
        await site.PatchAsync($"policies/bindings/{binding["pk"]}/", new JsonObject { [field] = JsonNode.Parse(value.Replace("OTHER", other.PbmUuid, StringComparison.Ordinal)) });

        var told = await site.EventsAsync("model_updated");
        told.Select(e => e["now_open_to_everyone"]?.GetValue<bool>()).ShouldBe([null, true]);
        told[1]["target"]!.GetValue<string>().ShouldBe("Grafana");
    }

    [Fact]
    public async Task A_group_beside_another_one_can_be_deleted()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var group = await site.AddGroupAsync("Family");
        await app.BindAsync(group);
        await app.BindAsync(await site.AddGroupAsync("Friends"), order: 1);

        (await site.ApiAsync(HttpMethod.Delete, $"core/groups/{group}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }
}
