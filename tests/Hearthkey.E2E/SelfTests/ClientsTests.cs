using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.SelfTests;

/// <summary>The OAuth client, mod_auth_openidc and the API client notice what is right and what is wrong.</summary>
public sealed class ClientsTests
{
    private static readonly string[] _noGroups = [];

    private readonly HostMap _hosts = new();

    [Fact]
    public async Task The_oauth_client_shows_the_name_that_userinfo_gives()
    {
        var sent = new List<string>();
        await using var fake = await FakeProvider.StartAsync((request, body) =>
        {
            lock (sent) sent.Add($"{request.Path} {request.Headers.Authorization} {body}");
            return request.Path.Value switch
            {
                "/authorize" => (302, $"{request.Query["redirect_uri"]}?code=abc&state={request.Query["state"]}"),
                "/token" => (200, new { access_token = "access", token_type = "Bearer" }),
                _ => (200, new { sub = "1", name = "Ada <Lovelace>" }),
            };
        });
        await using var client = await OAuthClient.StartAsync(_hosts, port => new OAuthClientOptions
        {
            AuthorizeUrl = new Uri($"http://auth.home.test:{fake.Port}/authorize"),
            TokenUrl = new Uri($"http://auth.home.test:{fake.Port}/token"),
            UserInfoUrl = new Uri($"http://auth.home.test:{fake.Port}/userinfo"),
            ClientId = "grafana",
            ClientSecret = "secret",
            Pkce = true,
            PublicUrl = new Uri($"http://grafana.home.test:{port}"),
        });
        await using var browser = await Browser.StartAsync(_hosts);

        var page = await browser.NewPageAsync();
        await page.GotoAsync(client.PublicUrl.ToString());
        await page.ClickAsync("text=Sign in with OAuth");

        (await page.InnerTextAsync("#name")).ShouldBe("Ada <Lovelace>");
        sent.ShouldContain(line => line.StartsWith("/token Basic Z3JhZmFuYTpzZWNyZXQ= ") && line.Contains("code_verifier="));
        sent.ShouldContain("/userinfo Bearer access ");
    }

    [Fact]
    public async Task Apache_sends_a_visitor_to_the_authorization_endpoint_that_discovery_names()
    {
        await using var proxy = new ForwardProxy(_hosts);
        await using var app = await EchoApp.StartAsync();
        await using var fake = await FakeProvider.StartAsync((request, _) => (200, new
        {
            issuer = $"http://{request.Host}/",
            authorization_endpoint = $"http://{request.Host}/authorize",
            token_endpoint = $"http://{request.Host}/token",
            jwks_uri = $"http://{request.Host}/jwks",
            response_types_supported = new[] { "code" },
        }));
        var port = FreePort.Next();
        var party = new RelyingParty(new Uri($"http://auth.home.test:{fake.Port}/.well-known/openid-configuration"), "id", "secret", new Uri($"http://127.0.0.1:{port}/callback"), app.Port)
        {
            OutgoingProxy = proxy.Port,
        };
        await using var apache = await ApacheProcess.StartAsync(port, party.ToDirectives());
        using var client = _hosts.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(302, apache.ErrorLog);
        answer.Headers.Location!.ToString().ShouldStartWith($"http://auth.home.test:{fake.Port}/authorize?");
        answer.Headers.Location!.Query.ShouldContain("code_challenge_method=S256");
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_api_client_accepts_an_answer_as_described_and_names_what_is_wrong_in_another()
    {
        string? authorization = null;
        await using var fake = await FakeProvider.StartAsync((request, body) =>
        {
            authorization = request.Headers.Authorization;
            return (request.Method, request.Path.Value) switch
            {
                ("GET", "/api/v3/core/groups/") => (200, new { pagination = Pagination(), results = new[] { Group("admins") }, autocomplete = new { } }),
                ("POST", "/api/v3/core/groups/") => body.Contains("\"is_superuser\":true") ? (201, Group("new")) : (400, new { name = new[] { "This field is required." } }),
                _ => (200, new { pk = "no uuid", name = 5, surprise = true }),
            };
        });
        await using var node = NodeClient.Start(new Uri($"http://auth.home.test:{fake.Port}"), "token", _hosts);

        var list = await node.CallAsync("coreApi.coreGroupsList", new { search = "a", pageSize = 5 });
        list.ShouldBe(200);
        list.Results[0]!["num_pk"]!.GetValue<int>().ShouldBe(7);
        list.Value!["results"]![0]!["isSuperuser"]!.GetValue<bool>().ShouldBeTrue();
        authorization.ShouldBe("Bearer token");

        var created = await node.CallAsync("coreApi.coreGroupsCreate", new { groupRequest = new { name = "new", isSuperuser = true } });
        created.ShouldBe(201);

        var refused = await node.RequestAsync("POST", "/core/groups/", new { });
        refused.ShouldBe(400);
        refused.Operation.ShouldBe("core_groups_create");

        var wrong = await node.CallAsync("coreApi.coreGroupsRetrieve", new { groupUuid = "x" });
        wrong.Status.ShouldBe(200);
        wrong.Violations.ShouldContain(violation => violation.StartsWith("/pk must match format \"uuid\""));
        wrong.Violations.ShouldContain(violation => violation.StartsWith("/name must be string"));
        wrong.Violations.ShouldContain(violation => violation.Contains("required property 'num_pk'"));

        Should.Throw<ShouldAssertException>(() => wrong.ShouldBe(200));
    }

    private static object Pagination() => new { next = 0, previous = 0, count = 1, current = 1, total_pages = 1, start_index = 1, end_index = 1 };

    private static object Group(string name) => new
    {
        pk = "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11",
        num_pk = 7,
        name,
        is_superuser = true,
        parents = _noGroups,
        parents_obj = (object?)null,
        users = new[] { 1 },
        users_obj = (object?)null,
        attributes = new { },
        roles = _noGroups,
        roles_obj = _noGroups,
        inherited_roles_obj = (object?)null,
        children = _noGroups,
        children_obj = (object?)null,
    };
}
