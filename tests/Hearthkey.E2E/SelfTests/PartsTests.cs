using System.Net.Http.Json;
using Hearthkey.E2E.Support;
using Npgsql;

namespace Hearthkey.E2E.SelfTests;

/// <summary>The parts that scenarios are built from work by themselves, without our server.</summary>
public sealed class PartsTests
{
    [Fact]
    public async Task Nginx_relays_http_to_the_echo_app()
    {
        await using var app = await EchoApp.StartAsync();
        var port = FreePort.Next();
        await using var nginx = await NginxProcess.StartAsync(Relay($"listen 127.0.0.1:{port};", app.Port), port);
        using var client = new HostMap().CreateClient();

        var body = new byte[1024 * 1024];
        using var answer = await client.PostAsync(new Uri($"http://app.home.test:{port}/deep/link?a=1&b=2"), new ByteArrayContent(body), TestContext.Current.CancellationToken);
        var echo = await answer.Content.ReadFromJsonAsync<EchoRequest>(TestContext.Current.CancellationToken);

        echo!.Header("Host").ShouldBe($"app.home.test:{port}");
        echo.Path.ShouldBe("/deep/link");
        echo.Query.ShouldBe("?a=1&b=2");
        echo.BodyLength.ShouldBe(body.Length);
        app.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_tunnel_ends_tls_at_the_public_address_and_chains_the_visitor()
    {
        await using var app = await EchoApp.StartAsync();
        using var certificate = new TestCertificate("home.test", "*.home.test");
        var (inner, outer, plain) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        await using var nginx = await NginxProcess.StartAsync(Relay($"listen 127.0.0.1:{inner};", app.Port), inner);
        await using var edge = await TunnelEdge.StartAsync(outer, plain, inner, certificate);
        using var client = new HostMap().Lead("app.home.test", 443, outer).Lead("app.home.test", 80, plain).CreateClient();

        var echo = await client.GetFromJsonAsync<EchoRequest>(new Uri("https://app.home.test/"), TestContext.Current.CancellationToken);

        echo!.Header("Host").ShouldBe("app.home.test");
        echo.Header("CF-Connecting-IP").ShouldBe(TunnelEdge.Visitor);
        echo.Header("CF-Visitor").ShouldBe("{\"scheme\":\"https\"}");
        echo.Header("X-Forwarded-For").ShouldBe($"{TunnelEdge.Visitor}, 127.0.0.1");
        using var answer = await client.GetAsync(new Uri("http://app.home.test/page?x=1"), TestContext.Current.CancellationToken);
        answer.Headers.Location.ShouldBe(new Uri("https://app.home.test/page?x=1"));
    }

    [Fact]
    public async Task Chromium_opens_an_app_over_https_by_a_name_that_no_resolver_knows()
    {
        await using var app = await EchoApp.StartAsync("wiki");
        using var certificate = new TestCertificate("home.test", "*.home.test");
        var port = FreePort.Next();
        var tls = $"listen 127.0.0.1:{port} ssl; ssl_certificate {certificate.ChainPath}; ssl_certificate_key {certificate.KeyPath};";
        await using var nginx = await NginxProcess.StartAsync(Relay(tls, app.Port), port);
        await using var browser = await Browser.StartAsync(new HostMap().Lead("wiki.home.test", 443, port));

        var page = await browser.NewPageAsync();
        var answer = await page.GotoAsync("https://wiki.home.test/page?x=1");

        answer!.Status.ShouldBe(200);
        (await page.InnerTextAsync("body")).ShouldContain("\"app\":\"wiki\"");
        app.Requests.First(request => request.Path == "/page").Query.ShouldBe("?x=1");
    }

    [Fact]
    public async Task A_wrong_nginx_configuration_is_reported_with_its_reason()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => NginxProcess.StartAsync("server { lisen 1; }", 1));

        failure.Message.ShouldContain("unknown directive \"lisen\"");
    }

    [Fact]
    public async Task PostgreSQL_answers_and_comes_back_with_its_data()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var source = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync("hearthkey"));
        await using (var create = source.CreateCommand("create table t(name text); insert into t values ('ä')")) await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await postgres.StopAsync();
        await postgres.StartAgainAsync();

        NpgsqlConnection.ClearAllPools();
        await using var again = NpgsqlDataSource.Create(postgres.ConnectionString("hearthkey"));
        await using var read = again.CreateCommand("select name || ' ' || (select datcollate from pg_database where datname = 'hearthkey') from t");
        (await read.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("ä C.UTF-8");
    }

    private static string Relay(string listen, int app) => $$"""
        server {
          {{listen}}
          location / {
            proxy_pass http://127.0.0.1:{{app}};
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          }
        }
        """;
}
