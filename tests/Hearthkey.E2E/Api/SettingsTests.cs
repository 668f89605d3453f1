namespace Hearthkey.E2E.Api;

/// <summary><c>admin/settings</c>, <c>admin/version</c>, <c>root/config</c> and <c>schema</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class SettingsTests(ApiHouse house)
{
    [Fact]
    public async Task Settings_are_read_patched_and_put_back()
    {
        var before = (await house.Api.CallAsync("adminApi.adminSettingsRetrieve")).ShouldBe(200);

        var patched = await house.Api.CallAsync("adminApi.adminSettingsPartialUpdate", new { patchedSettingsRequest = new { eventRetention = "days=30" } });
        patched.ShouldBe(200).Body!["event_retention"]!.ToString().ShouldBe("days=30");
        var put = await house.Api.CallAsync("adminApi.adminSettingsUpdate", new { settingsRequest = before.Value });
        put.ShouldBe(200).Body!["event_retention"]!.ToString().ShouldBe(before.Body!["event_retention"]!.ToString());
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        ResourceSteps.Refused(await PatchAsync(new { baseUrl = "https://auth.home.test/path" }), "base_url");
        ResourceSteps.Refused(await PatchAsync(new { avatars = "gravatar" }), "avatars");
        ResourceSteps.Refused(await PatchAsync(new { impersonation = false }), "impersonation");
        ResourceSteps.Refused(await PatchAsync(new { defaultTokenLength = 1 }), "default_token_length");
    }

    [Fact]
    public async Task The_version_is_told_to_admins() => (await house.Api.CallAsync("adminApi.adminVersionRetrieve")).ShouldBe(200);

    [Fact]
    public async Task The_configuration_is_told_to_anybody() => (await house.Api.CallAsync("rootApi.rootConfigRetrieve", token: "")).ShouldBe(200);

    [Fact]
    public async Task The_description_is_told_to_anybody()
    {
        var answer = (await house.Api.RequestAsync("GET", "/schema/", token: "")).ShouldBe(200);

        answer.Body!["paths"]!["/core/groups/"]!["post"]!["operationId"]!.ToString().ShouldBe("core_groups_create");
    }

    private Task<Support.ApiAnswer> PatchAsync(object patchedSettingsRequest) =>
        house.Api.CallAsync("adminApi.adminSettingsPartialUpdate", new { patchedSettingsRequest });
}
