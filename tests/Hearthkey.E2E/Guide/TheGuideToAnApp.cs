using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.E2E.Guide;

/// <summary>A second provider for a single application, with paths that are open to everybody: webhooks, and spoofed names.</summary>
public sealed class TheGuideToAnApp(GuideHouses houses)
{
    private const string Payload = /*lang=json,strict*/ """{"action":"opened","number":7,"text":"Straße & Œuvre"}""";

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Webhooks_pass_with_their_signatures_and_nobodys_name(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        using var client = house.CreateClient();

        foreach (var (path, name, signature) in new[] { ("/webhook/github?id=1&x=2", "X-Hub-Signature-256", GitHub()), ("/webhook/stripe", "Stripe-Signature", Stripe()) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, house.Url("hooks", path)) { Content = new StringContent(Payload, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation(name, signature);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var echo = house.Apps["hooks"].Requests.Last(seen => seen.Path + seen.Query == path);
            echo.Header(name).ShouldBe(signature);
            echo.BodySha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Payload))));
            echo.Header("X-authentik-username").ShouldBeNull();
        }
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Nobody_says_at_an_open_path_who_they_are(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        using var client = house.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, house.Url("hooks", "/webhook/forged"));
        request.Headers.TryAddWithoutValidation("X-authentik-username", "root");

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        house.Apps["hooks"].Requests.ShouldNotContain(seen => seen.Path == "/webhook/forged");
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Only_the_paths_that_were_named_are_open(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);

        foreach (var (path, status) in new[]
        {
            ("/health", HttpStatusCode.OK), ("/healthz/deep", HttpStatusCode.OK), ("/", HttpStatusCode.Unauthorized), ("/api/health", HttpStatusCode.Unauthorized),
            ("/x?next=/health", HttpStatusCode.Unauthorized), ("/health/../admin", HttpStatusCode.Unauthorized), ("/%68ealth/%2e%2e/admin", HttpStatusCode.Unauthorized),
        })
            (await visitor.CheckRawAsync(house.Url("hooks").GetLeftPart(UriPartial.Authority) + path)).ShouldBe(status, path);

        await visitor.SignInAtAsync(house.Url("hooks", "/settings?tab=1&mode=2"), ada);
        var echo = await visitor.EchoAsync("hooks");
        echo.Query.ShouldBe("?tab=1&mode=2");
        echo.Header("X-authentik-username").ShouldBe(ada.Username);
    }

    private static string GitHub() => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("It's a secret"u8.ToArray(), Encoding.UTF8.GetBytes(Payload)));

    private static string Stripe() => "t=1732492800,v1=" + Convert.ToHexStringLower(HMACSHA256.HashData("whsec_test"u8.ToArray(), Encoding.UTF8.GetBytes("1732492800." + Payload)));
}
