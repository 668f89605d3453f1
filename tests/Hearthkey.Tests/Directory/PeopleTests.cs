using System.Text.Json;
using Hearthkey.Directory;

namespace Hearthkey.Tests.Directory;

public sealed class PeopleTests : IAsyncLifetime
{
    private DirectorySite _site = null!;

    private People People => _site.Get<People>();

    public async ValueTask InitializeAsync() => _site = await DirectorySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_account_comes_from_memory_until_it_changes()
    {
        var pk = await _site.AddUserAsync("anna");
        var first = await FindAsync(pk);
        (await FindAsync(pk)).ShouldBeSameAs(first);

        await _site.PatchAsync($"core/users/{pk}/", """{"name":"Anna Berg","is_active":false}""");

        var changed = await FindAsync(pk);
        changed.Name.ShouldBe("Anna Berg");
        changed.IsActive.ShouldBeFalse();
        await _site.DeleteAsync($"core/users/{pk}/");
        (await People.FindAsync(pk, DirectorySite.Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task An_account_has_the_groups_of_its_groups()
    {
        var house = await _site.AddGroupAsync("house");
        var family = await _site.AddGroupAsync("family", $$""", "parents":["{{house}}"] """);
        var pk = await _site.AddUserAsync("anna", $$""", "groups":["{{family}}"] """);
        (await FindAsync(pk)).Groups.Select(g => g.Name).ShouldBe(["family", "house"]);

        await _site.PatchAsync($"core/groups/{house}/", """{"name":"home"}""");
        (await FindAsync(pk)).Groups.Select(g => g.Name).ShouldBe(["family", "home"]);
        await _site.PatchAsync($"core/groups/{family}/", """{"parents":[]}""");
        (await FindAsync(pk)).Groups.Select(g => g.Name).ShouldBe(["family"]);
        await _site.DeleteAsync($"core/groups/{family}/");
        (await FindAsync(pk)).Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task Attributes_of_groups_come_first_and_those_of_the_user_win()
    {
        var a = await _site.AddGroupAsync("a", """, "attributes":{"color":"red","size":{"w":1,"h":2},"tags":["a"]} """);
        var b = await _site.AddGroupAsync("b", """, "attributes":{"color":"green","size":{"h":3},"tags":["b"]} """);
        var pk = await _site.AddUserAsync("anna", $$""", "groups":["{{a}}","{{b}}"],"attributes":{"color":"blue","tags":["c"]} """);

        var merged = (await FindAsync(pk)).MergedAttributes();

        JsonElement.DeepEquals(merged, JsonElement.Parse("""{"color":"blue","size":{"w":1,"h":3},"tags":["a","b","c"]}""")).ShouldBeTrue(merged.ToString());
    }

    [Fact]
    public async Task Somebody_signs_in_by_username_or_address_however_they_type_it()
    {
        var pk = await _site.AddUserAsync("Änna", """, "email":"anna@lab.example" """);

        (await LoginAsync("ÄNNA")).ShouldBe(pk);
        (await LoginAsync(" a\u0308nna ")).ShouldBe(pk);
        (await LoginAsync("ANNA@lab.EXAMPLE")).ShouldBe(pk);
        (await LoginAsync("anna@lab.example", byEmail: false)).ShouldBeNull();
        (await LoginAsync("Änna", byUsername: false)).ShouldBeNull();
        (await LoginAsync("")).ShouldBeNull();
        (await LoginAsync(new string('x', 10_000))).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_that_two_share_means_nobody_and_an_empty_one_too()
    {
        await _site.AddUserAsync("anna", """, "email":"family@lab.example" """);
        await _site.AddUserAsync("bert", """, "email":"family@lab.example" """);

        (await LoginAsync("family@lab.example")).ShouldBeNull();
        (await LoginAsync(" ")).ShouldBeNull();
        (await LoginAsync("anna")).ShouldNotBeNull();
    }

    private async Task<Account> FindAsync(long pk) => (await People.FindAsync(pk, DirectorySite.Ct)).ShouldNotBeNull();

    private async Task<long?> LoginAsync(string text, bool byUsername = true, bool byEmail = true) =>
        (await People.FindByLoginAsync(text, byUsername, byEmail, DirectorySite.Ct))?.Pk;
}
