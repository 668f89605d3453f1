using System.Net.Http.Headers;
using System.Text;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Api;

/// <summary>
/// Every address of the API × who calls: nobody, a person, an admin, a token that was revoked. What is expected stands in the committed
/// inventory of routes. On a server of its own: revoked tokens slow their address down.
/// </summary>
public sealed class AuthorizationMatrix(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Nothing = "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11";

    private static readonly string _inventory = Path.Combine(Repository.Root, "tests", "Hearthkey.Tests", "Architecture", "routes.approved.txt");

    [Fact]
    public async Task Each_address_answers_those_whom_the_inventory_names_and_nobody_else()
    {
        var routes = (await File.ReadAllLinesAsync(_inventory)).Select(Route.Parse).OfType<Route>().ToList();
        routes.Count.ShouldBeGreaterThan(30);
        var person = await house.AddTokenAsync(await house.AddUserAsync("plain"), "plain-key");
        var revoked = await house.AddTokenAsync(1, "revoked-key");
        (await house.Api.CallAsync("coreApi.coreTokensDestroy", new { identifier = "revoked-key" })).ShouldBe(204);
        using var client = house.Hosts.CreateClient();
        client.BaseAddress = house.Address;

        var wrong = new List<string>();
        foreach (var route in routes)
        {
            foreach (var (who, token) in new[] { ("nobody", null), ("person", person), ("admin", House.Token) })
            {
                var (status, text) = await SendAsync(client, route, token);
                if (!route.Expects(who, status)) wrong.Add($"{route} by {who}: {status} {text}");
            }
        }
        foreach (var route in routes.Where(r => r.Who != "anyone"))
        {
            // 429: the address of so many wrong keys has to wait
            var (status, text) = await SendAsync(client, route, revoked);
            if (status is not (403 or 429)) wrong.Add($"{route} by a revoked token: {status} {text}");
        }
        wrong.ShouldBeEmpty();
    }

    private static async Task<(int Status, string Text)> SendAsync(HttpClient client, Route route, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path.Replace("{key}", Nothing, StringComparison.Ordinal));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (route.Method is not ("GET" or "DELETE")) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>One line of the inventory: <c>GET /api/v3/core/groups/ · admin</c>.</summary>
    private sealed record Route(string Method, string Path, string Who)
    {
        public static Route? Parse(string line)
        {
            var parts = line.Split(' ', 4);
            return parts is [var method, var path, "·", var who] && path.StartsWith("/api/v3/", StringComparison.Ordinal) ? new(method, path, who) : null;
        }

        // with a key that names nothing and an empty body nothing is changed: 400 and 404 are answers to those who may ask
        public bool Expects(string caller, int status) => (Who, caller) switch
        {
            ("anyone", _) or (_, "admin") => status is >= 200 and < 300 or 400 or 404,
            ("signed in", "person") => status is >= 200 and < 300 or 400 or 404 || (status == 403 && Method != "GET"),
            _ => status == 403,
        };

        public override string ToString() => $"{Method} {Path}";
    }
}
