namespace Hearthkey.E2E.Api;

/// <summary><c>propertymappings/provider/scope</c> by the generated client: the managed rows, read-only.</summary>
[Collection(ApiCollection.Name)]
public sealed class ScopeMappingsTests(ApiHouse house)
{
    private static readonly string[] _managed =
        ["goauthentik.io/providers/oauth2/scope-openid", "goauthentik.io/providers/oauth2/scope-email", "goauthentik.io/providers/oauth2/scope-profile",
            "goauthentik.io/providers/oauth2/scope-offline_access", "goauthentik.io/providers/oauth2/scope-entitlements", "goauthentik.io/providers/proxy/scope-proxy"];

    private readonly ResourceSteps _mappings = new(house.Api, "propertymappingsApi.propertymappingsProviderScope", "pmUuid", "scopeMappingRequest");

    [Fact]
    public async Task The_managed_ones_are_there_each_with_its_expression()
    {
        var rows = (await _mappings.ListAsync(new { managedIsnull = false })).ShouldBe(200).Results;

        rows.Select(r => r!["managed"]!.ToString()).Order().ShouldBe(_managed.Order());
        rows.ShouldAllBe(r => r!["expression"]!.ToString().Length > 0);
        (await _mappings.NamesAsync("scope_name", new { scopeName = "email" })).ShouldBe(["email"]);
        (await _mappings.NamesAsync("scope_name", new { managed = new[] { _managed[0] } })).ShouldBe(["openid"]);
        (await _mappings.NamesAsync("scope_name", new { search = "offline" })).ShouldBe(["offline_access"]);
        (await _mappings.NamesAsync("scope_name", new { ordering = "-scope_name" })).ShouldBe(["profile", "openid", "offline_access", "entitlements", "email", "ak_proxy"]);
        var pk = rows[0]!["pk"]!.ToString();
        (await _mappings.RetrieveAsync(pk)).ShouldBe(200);
        (await _mappings.UsedByAsync(pk)).ShouldBe(200);
    }

    [Fact]
    public async Task Making_editing_or_deleting_one_is_refused_with_the_reason()
    {
        var pk = (await _mappings.ListAsync()).ShouldBe(200).Results[0]!["pk"]!.ToString();

        await _mappings.RefusesAsync(new { name = "own", scopeName = "own", expression = "return {}" }, "non_field_errors");
        ResourceSteps.Refused(await _mappings.PatchAsync(pk, new { name = "x" }), "non_field_errors");
        ResourceSteps.Refused(await _mappings.PutAsync(pk, new { name = "x", scopeName = "x", expression = "x" }), "non_field_errors");
        ResourceSteps.Refused(await _mappings.DeleteAsync(pk), "non_field_errors");
    }
}
