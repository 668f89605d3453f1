using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Api;

/// <summary>Users, groups and tokens through the generated client; every answer is compared with the API description.</summary>
public sealed class DirectoryTests(House house) : IClassFixture<House>
{
    private readonly NodeClient _api = house.Api;

    [Fact]
    public async Task Users_are_made_changed_found_and_deleted()
    {
        var request = new { username = "anna", name = "Anna", email = "anna@home.test", path = "people", type = "external", attributes = new { room = 12 } };
        var made = (await CallAsync("coreUsersCreate", 201, new { userRequest = request })).Body!;
        var id = (int)made["pk"]!;

        (await CallAsync("coreUsersRetrieve", 200, new { id })).Body!.ToJsonString().ShouldBe(made.ToJsonString());
        (await CallAsync("coreUsersUpdate", 200, new { id, userRequest = new { username = "anna", name = "Anna Berg" } })).Body!["email"]!.ToString()
            .ShouldBe("anna@home.test");
        (await CallAsync("coreUsersPartialUpdate", 200, new { id, patchedUserRequest = new { isActive = false } })).Body!["name"]!.ToString().ShouldBe("Anna Berg");
        (await CallAsync("coreUsersList", 200, new { search = "BERG", isActive = false, type = new[] { "external" }, includeGroups = false })).Results.Count.ShouldBe(1);
        (await CallAsync("coreUsersList", 200, new { ordering = "-username", pageSize = 1, page = 2 })).Results.Count.ShouldBe(1);
        (await CallAsync("coreUsersUsedByList", 200, new { id })).Body!.AsArray().ShouldBeEmpty();
        (await CallAsync("coreUsersPathsRetrieve", 200)).Body!["paths"]!.AsArray().Select(p => (string)p!).ShouldContain("people");
        await CallAsync("coreUsersSetPasswordCreate", 204, new { id, userPasswordSetRequest = new { password = "a long enough password" } });
        await CallAsync("coreUsersSetPasswordCreate", 400, new { id, userPasswordSetRequest = new { password = "12345678" } });
        await CallAsync("coreUsersCreate", 400, new { userRequest = new { username = "ANNA", name = "again" } });
        await CallAsync("coreUsersDestroy", 204, new { id });
        await CallAsync("coreUsersRetrieve", 404, new { id });
    }

    [Fact]
    public async Task Me_is_the_owner_of_the_token()
    {
        (await CallAsync("coreUsersMeRetrieve", 200)).Body!["user"]!["username"]!.ToString().ShouldBe("akadmin");
        (await _api.CallAsync("coreApi.coreUsersMeRetrieve", token: "")).ShouldBe(403);
    }

    [Fact]
    public async Task Groups_are_made_changed_found_and_deleted()
    {
        var user = (int)(await CallAsync("coreUsersCreate", 201, new { userRequest = new { username = "bert", name = "Bert" } })).Body!["pk"]!;
        var house = (await CallAsync("coreGroupsCreate", 201, new { groupRequest = new { name = "house" } })).Body!["pk"]!.ToString();
        var made = (await CallAsync("coreGroupsCreate", 201, new { groupRequest = new { name = "family", parents = new[] { house } } })).Body!;
        var groupUuid = made["pk"]!.ToString();

        await CallAsync("coreGroupsAddUserCreate", 204, new { groupUuid, userAccountRequest = new { pk = user } });
        (await CallAsync("coreGroupsRetrieve", 200, new { groupUuid, includeParents = true })).Body!["users_obj"]![0]!["username"]!.ToString().ShouldBe("bert");
        (await CallAsync("coreGroupsList", 200, new { membersByUsername = new[] { "bert" }, includeChildren = true, ordering = "name" })).Results.Count.ShouldBe(1);
        (await CallAsync("coreGroupsUsedByList", 200, new { groupUuid = house })).Body![0]!["name"]!.ToString().ShouldBe("family");
        await CallAsync("coreGroupsRemoveUserCreate", 204, new { groupUuid, userAccountRequest = new { pk = user } });
        await CallAsync("coreGroupsUpdate", 200, new { groupUuid, groupRequest = new { name = "kin" } });
        await CallAsync("coreGroupsPartialUpdate", 400, new { groupUuid, patchedGroupRequest = new { parents = new[] { groupUuid } } });
        await CallAsync("coreGroupsPartialUpdate", 200, new { groupUuid, patchedGroupRequest = new { attributes = new { color = "red" } } });
        await CallAsync("coreGroupsDestroy", 204, new { groupUuid });
    }

    [Fact]
    public async Task Tokens_are_made_changed_shown_and_deleted()
    {
        const string identifier = "terraform";
        await CallAsync("coreTokensCreate", 201, new { tokenRequest = new { identifier, description = "for the lab" } });

        var key = (await CallAsync("coreTokensViewKeyRetrieve", 200, new { identifier })).Body!["key"]!.ToString();
        (await _api.CallAsync("coreApi.coreUsersMeRetrieve", token: key)).ShouldBe(200);
        (await CallAsync("coreTokensList", 200, new { search = "lab", intent = "api", ordering = "identifier" })).Results.Count.ShouldBe(1);
        (await CallAsync("coreTokensPartialUpdate", 200, new { identifier, patchedTokenRequest = new { expiring = false } })).Body!["expires"].ShouldBeNull();
        await CallAsync("coreTokensUpdate", 200, new { identifier, tokenRequest = new { identifier, description = "" } });
        await CallAsync("coreTokensUpdate", 400, new { identifier, tokenRequest = new { identifier, intent = "recovery" } });
        await CallAsync("coreTokensSetKeyCreate", 204, new { identifier, tokenSetKeyRequest = new { key = "a-key-that-is-long-enough-for-it" } });
        (await _api.CallAsync("coreApi.coreUsersMeRetrieve", token: key)).ShouldBe(403);
        (await CallAsync("coreTokensUsedByList", 200, new { identifier })).Body!.AsArray().ShouldBeEmpty();
        await CallAsync("coreTokensDestroy", 204, new { identifier });
    }

    private async Task<ApiAnswer> CallAsync(string method, int status, object? arguments = null) =>
        (await _api.CallAsync("coreApi." + method, arguments)).ShouldBe(status);
}
