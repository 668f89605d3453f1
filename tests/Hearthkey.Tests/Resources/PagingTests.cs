using Hearthkey.Storage;
using Hearthkey.Tests.Directory;
using Hearthkey.Tests.Support;

namespace Hearthkey.Tests.Resources;

/// <summary>Page by page, a list has each row once, whatever it is ordered by.</summary>
public sealed class PagingTests
{
    private static readonly string[] _names = [.. Enumerable.Range(0, 25).Select(i => $"person-{i:00}")];

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Rows_that_are_equal_in_the_order_are_neither_lost_nor_repeated(Dialect dialect)
    {
        await using var site = await StartAsync(dialect);
        foreach (var name in _names) await site.AddUserAsync(name, """, "path":"people/all" """);

        foreach (var order in (string[])["path", "-path", "type", "-is_active", "last_login"])
        {
            var seen = new List<string>();
            for (var page = 1; page <= 5; page++)
            {
                seen.AddRange((await site.GetAsync($"core/users/?path=people/all&ordering={order}&page={page}&page_size=5")).Names("username"));
                // a row that changes moves in the table, which must not move it in the list
                await site.PatchAsync($"core/users/{2 + page}/", """{"attributes":{"touched":true}}""");
            }
            seen.Order(StringComparer.Ordinal).ShouldBe(_names, ignoreOrder: false, customMessage: order);
        }
    }

    [Fact]
    public async Task Descending_is_the_exact_reverse()
    {
        await using var site = await StartAsync(Dialect.Sqlite);
        foreach (var name in _names.Take(6)) await site.AddUserAsync(name, """, "path":"people/all" """);

        var down = (await site.GetAsync("core/users/?path=people/all&ordering=-path")).Names("username");

        down.Reverse().ShouldBe((await site.GetAsync("core/users/?path=people/all&ordering=path")).Names("username"));
    }

    private static async Task<DirectorySite> StartAsync(Dialect dialect) => await DirectorySite.StartAsync(
        null, [.. PostgresServer.SettingsOf(dialect == Dialect.Postgres ? await PostgresServer.NewDatabaseAsync() : null)]);
}
