using System.Net;
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
