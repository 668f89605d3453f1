using System.Net;
using System.Text.RegularExpressions;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary><c>hearthkey admin recover</c>, the published binary beside a running server on the same SQLite file.</summary>
public sealed partial class RecoverTests
{
    [Fact]
    public async Task It_prints_a_link_that_works_while_the_server_runs()
    {
        await using var server = await ServerProcess.StartAsync(new() { BootstrapPassword = House.Password });

        var printed = await server.RunCommandAsync("admin", "recover", "akadmin");

        var link = Link().Match(printed).Value;
        link.ShouldNotBeEmpty(printed);
        using var client = new HttpClient();
        using var page = await client.GetAsync(new Uri(server.Http, new Uri(link).PathAndQuery), TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("akadmin");
    }

    [Fact]
    public async Task With_another_key_or_none_it_says_so_and_changes_nothing()
    {
        await using var server = await ServerProcess.StartAsync(new() { BootstrapPassword = House.Password });
        var file = Path.Combine(server.Data, "secret.key");
        var key = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var another = await RefusedAsync(server, ("HEARTHKEY_SECRET_KEY", "another key, long enough to be one 0123456789"));
        File.Delete(file);
        var missing = await RefusedAsync(server);

        another.ShouldContain("another key");
        missing.ShouldContain("is missing");
        File.Exists(file).ShouldBeFalse();
        await File.WriteAllTextAsync(file, key, TestContext.Current.CancellationToken);
        (await server.RunCommandAsync("admin", "recover", "akadmin")).ShouldContain("/recovery/use-token/");
    }

    private static async Task<string> RefusedAsync(ServerProcess server, params (string Name, string Value)[] environment)
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() =>
            server.RunCommandAsync(environment.ToDictionary(e => e.Name, e => e.Value), "admin", "recover", "akadmin"));
        refusal.Message.ShouldContain("ended with 1");
        refusal.Message.ShouldNotContain("   at ", Case.Sensitive, "a person reads this: no stack trace");
        return refusal.Message;
    }

    [GeneratedRegex(@"https?://\S*/recovery/use-token/\S+")]
    private static partial Regex Link();
}
