namespace Hearthkey.E2E.Api;

/// <summary><c>core/tokens</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class TokensTests(ApiHouse house)
{
    private readonly ResourceSteps _tokens = new(house.Api, "coreApi.coreTokens", "identifier", "tokenRequest");

    [Fact]
    public async Task A_token_lives_from_its_creation_to_its_end()
    {
        var user = await house.AddUserAsync("token-life");
        (await _tokens.CreateAsync(new { identifier = "life", user, intent = "api", description = "d" })).ShouldBe(201);

        (await _tokens.RetrieveAsync("life")).ShouldBe(200).Body!["user_obj"]!["username"]!.ToString().ShouldBe("token-life");
        (await _tokens.PatchAsync("life", new { description = "e" })).ShouldBe(200).Body!["description"]!.ToString().ShouldBe("e");
        (await _tokens.PutAsync("life", new { identifier = "life", description = "f", expiring = false })).ShouldBe(200).Body!["expires"].ShouldBeNull();
        (await _tokens.UsedByAsync("life")).ShouldBe(200);
        var key = (await house.Api.CallAsync("coreApi.coreTokensViewKeyRetrieve", new { identifier = "life" })).ShouldBe(200).Body!["key"]!.ToString();
        (await house.Api.CallAsync("coreApi.coreUsersMeRetrieve", token: key)).ShouldBe(200).Body!["user"]!["username"]!.ToString().ShouldBe("token-life");
        (await _tokens.DeleteAsync("life")).ShouldBe(204);
        (await house.Api.CallAsync("coreApi.coreUsersMeRetrieve", token: key)).ShouldBe(403);
    }

    [Fact]
    public async Task A_key_can_be_set_by_hand()
    {
        (await _tokens.CreateAsync(new { identifier = "by-hand" })).ShouldBe(201);
        const string key = "set-by-hand-0123456789-abcdefghij";

        (await house.Api.CallAsync("coreApi.coreTokensSetKeyCreate", new { identifier = "by-hand", tokenSetKeyRequest = new { key } })).ShouldBe(204);
        (await house.Api.CallAsync("coreApi.coreTokensViewKeyRetrieve", new { identifier = "by-hand" })).ShouldBe(200).Body!["key"]!.ToString().ShouldBe(key);
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_and_searched()
    {
        var user = await house.AddUserAsync("token-list");
        foreach (var identifier in new[] { "list-a", "list-b" }) (await _tokens.CreateAsync(new { identifier, user, intent = "api" })).ShouldBe(201);

        (await _tokens.NamesAsync("identifier", new { userUsername = "token-list" })).ShouldBe(["list-a", "list-b"]);
        (await _tokens.NamesAsync("identifier", new { search = "LIST-", ordering = "-identifier" })).ShouldBe(["list-b", "list-a"]);
        (await _tokens.NamesAsync("identifier", new { identifier = "list-b" })).ShouldBe(["list-b"]);
        (await _tokens.NamesAsync("identifier", new { search = "list-", intent = "app_password" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        (await _tokens.CreateAsync(new { identifier = "twice" })).ShouldBe(201);

        await _tokens.RefusesAsync(new { identifier = "twice" }, "identifier");
        await _tokens.RefusesAsync(new { identifier = "two words" }, "identifier");
        await _tokens.RefusesAsync(new { identifier = "odd", intent = "recovery" }, "intent");
        await _tokens.RefusesAsync(new { identifier = "odd", user = 987654 }, "user");
        await _tokens.RefusesAsync(new { identifier = "odd", expires = "2001-01-01T00:00:00Z" }, "expires");
    }
}
