using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Proxying;

/// <summary>Proxy mode of the real server, before applications that people run.</summary>
public sealed class ProxyModeTests(ProxyHouse house) : IClassFixture<ProxyHouse>
{
    private const int Upload = 100 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_calendar_is_its_owners_own_whatever_name_a_client_sends()
    {
        using var person = await house.ComeInAsync("dav");
        var collections = house.Url("dav", "/akadmin/");

        using var page = await house.SendAsync(person, HttpMethod.Get, house.Url("dav", "/.web/"));
        using var made = await house.SendAsync(person, new HttpMethod("MKCALENDAR"), house.Url("dav", "/akadmin/holidays/"));
        using var list = await house.SendAsync(person, new HttpMethod("PROPFIND"), collections, null, ("Depth", "1"));
        using var forged = await house.SendAsync(person, new HttpMethod("PROPFIND"), house.Url("dav", "/oskar/"), null, ("Depth", "0"), ("X-Remote-User", "oskar"), ("X_Remote_User", "oskar"));
        using var stranger = await house.SendAsync(null, new HttpMethod("PROPFIND"), collections, null, ("Depth", "0"), ("X-Remote-User", "akadmin"));

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(Ct)).ShouldContain("Radicale");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        list.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        (await list.Content.ReadAsStringAsync(Ct)).ShouldContain("/akadmin/holidays/");
        forged.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_program_with_its_own_handshake_works()
    {
        using var person = await house.ComeInAsync("torrents");
        var rpc = house.Url("torrents", "/transmission/rpc");
        using var web = await house.SendAsync(person, HttpMethod.Get, house.Url("torrents", "/transmission/web/"));
        using var first = await house.SendAsync(person, HttpMethod.Post, rpc, JsonContent.Create(new { method = "session-get" }));
        var id = first.Headers.GetValues("X-Transmission-Session-Id").Single();

        using var second = await house.SendAsync(person, HttpMethod.Post, rpc, JsonContent.Create(new { method = "session-get" }), ("X-Transmission-Session-Id", id));
        using var stranger = await house.SendAsync(null, HttpMethod.Post, rpc, JsonContent.Create(new { method = "session-get" }), ("X-Transmission-Session-Id", id));

        web.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await second.Content.ReadFromJsonAsync<JsonObject>(Ct))!["result"]!.GetValue<string>().ShouldBe("success");
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_monitor_answers_queries_and_its_health_check_needs_no_login()
    {
        using var person = await house.ComeInAsync("metrics");

        using var query = await house.SendAsync(person, HttpMethod.Get, house.Url("metrics", "/api/v1/query?query=vector(41)%2B1"));
        using var healthy = await house.SendAsync(null, HttpMethod.Get, house.Url("metrics", "/-/healthy"));
        using var stranger = await house.SendAsync(null, HttpMethod.Get, house.Url("metrics", "/-/healthy/../../api/v1/status/config"));
        using var visitor = await house.SendAsync(null, HttpMethod.Get, house.Url("metrics", "/graph"), null, ("Accept", "text/html"));

        (await query.Content.ReadFromJsonAsync<JsonObject>(Ct))!["data"]!["result"]![0]!["value"]![1]!.GetValue<string>().ShouldBe("42");
        healthy.StatusCode.ShouldBe(HttpStatusCode.OK);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        visitor.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_hundred_megabytes_go_up_whole_and_who_sent_them_is_told()
    {
        using var person = await house.ComeInAsync("echo");
        var bytes = new byte[Upload];
        new Random(1).NextBytes(bytes);

        using var answer = await house.SendAsync(person, HttpMethod.Put, house.Url("echo", "/big?x=%2F"), new ByteArrayContent(bytes),
            ("X-Authentik-Username", "root"), ("X_authentik_username", "root"), ("X-Forwarded-For", "6.6.6.6"), ("Remote-User", "root"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var echo = (await answer.Content.ReadFromJsonAsync<EchoRequest>(JsonSerializerOptions.Web, Ct))!;
        echo.BodyLength.ShouldBe(Upload);
        echo.BodySha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        echo.Query.ShouldBe("?x=%2F");
        echo.Headers["x-authentik-username"].ShouldBe(["akadmin"]);
        echo.Headers["x-forwarded-for"].ShouldBe(["127.0.0.1"]);
        echo.Headers["x-remote-user"].ShouldBe(["akadmin"]);
        echo.Headers["host"].ShouldBe([house.Url("echo").Authority]);
        echo.Headers.Keys.ShouldNotContain(name => name.Contains('_') || name == "remote-user" || name == "cookie" || name == "traceparent");
    }

    [Fact]
    public async Task Events_and_sockets_stream_and_end_within_five_seconds_of_the_sign_in()
    {
        using var person = await house.ComeInAsync("streams");
        using var events = await house.SendAsync(person, HttpMethod.Get, house.Url("streams", "/events"), null, ("Accept", "text/event-stream"));
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(Ct));
        (await reader.ReadLineAsync(Ct)).ShouldBe("data: 0");
        using var client = house.CreateClient();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", person.CookieHeader(house.Url("streams")));
        await socket.ConnectAsync(new UriBuilder(house.Url("streams", "/socket")) { Scheme = "ws" }.Uri, client, Ct);
        var buffer = new byte[64];
        await socket.SendAsync(Encoding.UTF8.GetBytes("grüße"), WebSocketMessageType.Text, true, Ct);
        var echoed = await socket.ReceiveAsync(buffer, Ct);
        Encoding.UTF8.GetString(buffer, 0, echoed.Count).ShouldBe("grüße");

        var since = Stopwatch.StartNew();
        await person.SignOutAsync(house.Address);
        await Should.ThrowAsync<WebSocketException>(() => socket.ReceiveAsync(buffer, Ct));
        await Should.ThrowAsync<IOException>(async () =>
        {
            while (await reader.ReadLineAsync(Ct) is not null)
            {
            }
        });

        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        using var after = await house.SendAsync(person, HttpMethod.Get, house.Url("streams"));
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_application_that_is_away_is_a_page_in_plain_words()
    {
        using var person = await house.ComeInAsync("away");

        using var answer = await house.SendAsync(person, HttpMethod.Get, house.Url("away", "/x"), null, ("Accept", "text/html"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("away cannot be reached");
        using var tricky = await house.SendAsync(person, HttpMethod.Get, house.Url("away", "//evil.example/x"), null, ("Accept", "text/html"));
        var trickyPage = await tricky.Content.ReadAsStringAsync(Ct);
        trickyPage.ShouldContain($"href=\"{house.Url("away", "//evil.example/x")}\"");
        house.Server.Log.ShouldNotContain("Exception");
    }
}
