using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Api;

/// <summary>One server for all tests of the API; each test makes what it needs under names of its own.</summary>
public sealed class ApiHouse : House
{
    protected override bool HasBrowser => false;

    /// <summary>Makes a user and gives its key.</summary>
    public async Task<long> AddUserAsync(string username)
    {
        var made = await Api.CallAsync("coreApi.coreUsersCreate", new { userRequest = new { username, name = username } });
        return made.ShouldBe(201).Body!["pk"]!.GetValue<long>();
    }

    /// <summary>Makes an API token of a user and gives its key.</summary>
    public async Task<string> AddTokenAsync(long user, string identifier)
    {
        (await Api.CallAsync("coreApi.coreTokensCreate", new { tokenRequest = new { identifier, user } })).ShouldBe(201);
        return (string)(await Api.CallAsync("coreApi.coreTokensViewKeyRetrieve", new { identifier })).ShouldBe(200).Body!["key"]!;
    }
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiHouse>
{
    public const string Name = "api";
}
