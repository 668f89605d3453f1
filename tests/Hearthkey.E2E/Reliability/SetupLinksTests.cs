using System.Net;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>Two nodes that nobody has set up print a link each: either does it, and then neither does.</summary>
public sealed class SetupLinksTests
{
    [Fact]
    public async Task The_link_of_each_node_is_good_until_one_was_used()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("fresh");
        var options = new ServerOptions
        {
            Environment = new Dictionary<string, string>(postgres.Variables("fresh")) { ["HEARTHKEY_SECRET_KEY"] = "a key that both nodes have been given 0123456789" },
        };
        await using var first = await ServerProcess.StartAsync(options);
        await using var second = await ServerProcess.StartAsync(options);
        await Wait.ForAsync("the links", () => first.SetupLink is not null && second.SetupLink is not null, detail: () => first.Log + second.Log);
        using var client = new HttpClient();

        (await StatusAsync(client, first.SetupLink!)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, second.SetupLink!)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, new Uri(first.Http, second.SetupLink!.PathAndQuery))).ShouldBe(HttpStatusCode.OK, "a load balancer may lead to the other node");

        using (var admin = SignedIn.Nobody())
        {
            var (status, text) = await admin.SubmitAsync(first.SetupLink!, new()
            {
                ["email"] = "admin@home.test",
                ["base_url"] = first.Http.GetLeftPart(UriPartial.Authority),
                ["password"] = House.Password,
                ["password_repeat"] = House.Password,
            });
            status.ShouldBe(HttpStatusCode.OK, text);
            (await admin.IsKnownAtAsync(first.Http)).ShouldBeTrue(text);
        }

        (await StatusAsync(client, first.SetupLink!)).ShouldBe(HttpStatusCode.Gone);
        (await StatusAsync(client, new Uri(first.Http, second.SetupLink!.PathAndQuery))).ShouldBe(HttpStatusCode.Gone);
        await second.StopAsync();
        await second.StartAgainAsync();
        second.Log.Split("---- started again ----")[^1].ShouldNotContain("setup=");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri url)
    {
        using var answer = await client.GetAsync(url);
        return answer.StatusCode;
    }
}
