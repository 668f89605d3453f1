using System.Net;
using System.Net.WebSockets;
using System.Text;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Proxy mode: who passes, what goes on and comes back.</summary>
public sealed class ProxyModeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_who_is_signed_in_reaches_the_application_with_their_name()
    {
        await using var site = await ProxySite.StartAsync();

        var lines = await site.EchoAsync("/docs/a%20b%2Fc?x=1&y=%3F", "Authorization: Basic YXBwOm93bg==", "Accept: text/html");

        lines[0].ShouldBe("HTTP/1.1 GET /docs/a%20b%2Fc?x=1&y=%3F 0");
        lines.ShouldContain("host: app.example.com");
        lines.ShouldContain("x-authentik-username: ada");
        lines.ShouldContain("x-authentik-groups: a|b c");
        lines.ShouldContain("x-authentik-email: ada@example.com");
        lines.ShouldContain("x-authentik-uid: uid-1");
        lines.ShouldContain("x-authentik-meta-app: app");
        lines.ShouldContain("x-forwarded-host: app.example.com");
        lines.ShouldContain("x-forwarded-proto: https");
        lines.ShouldContain("x-forwarded-for: 127.0.0.1");
        lines.ShouldContain("authorization: Basic YXBwOm93bg==");
        lines.ShouldNotContain(line => line.StartsWith("traceparent", StringComparison.Ordinal) || line.StartsWith("cookie", StringComparison.Ordinal));
        site.Outpost.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.CheckArrived);
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode: navigate", 302)]
    [InlineData("Accept: text/html,*/*", 302)]
    [InlineData("Accept: */*", 401)]
    [InlineData("Sec-Fetch-Mode: no-cors|Accept: text/html", 401)]
    [InlineData("Sec-Fetch-Mode: cors|Accept: text/html", 401)]
    [InlineData("Sec-Fetch-Mode: websocket|Upgrade: websocket|Connection: Upgrade", 401)]
    [InlineData("Accept: text/html|Upgrade: websocket|Connection: Upgrade", 401)]
    [InlineData("Accept: text/html|Authorization: Basic eDp5", 401)]
    [InlineData("Accept: text/html|Authorization: Basic eDp5|Sec-Fetch-Mode: navigate", 302)]
    public async Task Only_who_opens_a_page_is_led_to_the_login(string headers, int status)
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);

        using var response = await site.GetAsync("/docs/?a=1&b=2", headers.Split('|'));

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        if (status == 302)
            response.Headers.Location!.OriginalString.ShouldBe(
                "https://app.example.com/outpost.goauthentik.io/start?rd=https%3A%2F%2Fapp.example.com%2Fdocs%2F%3Fa%3D1%26b%3D2");
        site.App.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_login_leads_back_to_the_page_with_all_its_arguments()
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);
        using var asked = await site.GetAsync("/docs/?a=1&b=2", "Accept: text/html");
        var browser = new Browser(site.Outpost);

        var end = await browser.SignInAsync(asked.Headers.Location!.OriginalString);

        end.ShouldBe("https://app.example.com/docs/?a=1&b=2");
    }

    [Fact]
    public async Task A_form_that_was_sent_after_the_session_ended_leads_to_the_login_by_get()
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/save") { Content = new StringContent("x") };
        request.Headers.Host = ProxySite.Host;
        request.Headers.Add("Sec-Fetch-Mode", "navigate");

        using var response = await site.Outpost.Client.SendAsync(request, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("/public/logo.png", "/public/logo.png")]
    [InlineData("/outpost.goauthentik.io/auth/nginx", null)]
    [InlineData("/outpost.goauthentik.io/auth/traefik", null)]
    [InlineData("/private", null)]
    public async Task Without_a_session_the_application_sees_open_paths_alone_and_no_names(string path, string? target)
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);

        using var response = await site.GetAsync(path, "X-authentik-username: root", "X-Original-URL: https://app.example.com/public");

        response.StatusCode.ShouldBe(target is null ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        site.App.Requests.ShouldBe(target is null ? 0 : 1);
        if (target is not null)
            (await response.Content.ReadAsStringAsync(Ct)).ShouldNotContain("x-authentik");
    }

    [Fact]
    public async Task Paths_for_checks_are_the_applications_own()
    {
        await using var site = await ProxySite.StartAsync();

        (await site.EchoAsync("/outpost.goauthentik.io/auth/nginx"))[0].ShouldBe("HTTP/1.1 GET /outpost.goauthentik.io/auth/nginx 0");
    }

    [Theory]
    [InlineData("/outpost.goauthentik.io/ping", 204)]
    [InlineData("/outpost.goauthentik.io/start", 302)]
    [InlineData("/outpost.goauthentik.io/nothing", 404)]
    [InlineData("/x?X-authentik-logout=true", 302)]
    [InlineData("/x?X-authentik-auth-callback=true", 400)]
    public async Task The_outposts_own_paths_never_reach_the_application(string path, int status)
    {
        await using var site = await ProxySite.StartAsync();

        using var response = await site.GetAsync(path);

        ((int)response.StatusCode).ShouldBe(status);
        site.App.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_larger_than_the_servers_own_limit_goes_through_and_so_does_its_answer()
    {
        await using var site = await ProxySite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/upload") { Content = new ByteArrayContent(new byte[5 << 20]) };
        request.Headers.Host = ProxySite.Host;
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("Cookie", site.Cookies);

        using var response = await site.Outpost.Client.SendAsync(request, Ct);

        (await response.Content.ReadAsStringAsync(Ct)).ShouldStartWith("HTTP/1.1 PUT /upload 5242880");
    }

    [Fact]
    public async Task Events_arrive_one_by_one_until_the_sign_in_ends()
    {
        await using var site = await ProxySite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        request.Headers.Host = ProxySite.Host;
        request.Headers.Add("Cookie", site.Cookies);
        request.Headers.Add("Accept", "text/event-stream");
        using var response = await site.Outpost.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        (await reader.ReadLineAsync(Ct)).ShouldBe("data: 0");
        (await reader.ReadLineAsync(Ct)).ShouldBe("");
        (await reader.ReadLineAsync(Ct)).ShouldBe("data: 1");

        Advance(site);
        (await reader.ReadLineAsync(Ct)).ShouldNotBeNull();
        End(site);

        await Should.ThrowAsync<IOException>(async () =>
        {
            while (await reader.ReadLineAsync(Ct) is not null)
                Advance(site);
        });
    }

    [Fact]
    public async Task A_WebSocket_works_both_ways_until_the_sign_in_ends()
    {
        await using var site = await ProxySite.StartAsync();
        using var socket = await site.ConnectAsync();
        var buffer = new byte[64];

        await socket.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, true, Ct);
        var first = await socket.ReceiveAsync(buffer, Ct);
        Advance(site);
        await socket.SendAsync(Encoding.ASCII.GetBytes("still"), WebSocketMessageType.Text, true, Ct);
        var second = await socket.ReceiveAsync(buffer, Ct);
        End(site);
        var reading = socket.ReceiveAsync(buffer, Ct);
        for (var i = 0; i < 200 && !reading.IsCompleted; i++)
        {
            Advance(site);
            await Task.Delay(20, Ct);
        }

        first.Count.ShouldBe(5);
        second.Count.ShouldBe(5);
        await Should.ThrowAsync<WebSocketException>(() => reading);
    }

    [Fact]
    public async Task A_WebSocket_of_nobody_is_refused()
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);

        await Should.ThrowAsync<WebSocketException>(site.ConnectAsync);

        site.App.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_is_let_through_while_nobody_can_say_who_may()
    {
        await using var site = await ProxySite.StartAsync();
        site.Outpost.Core.ContactLostAt = site.Outpost.Time.GetUtcNow();
        site.Outpost.Time.Advance(TimeSpan.FromMinutes(6));

        using var response = await site.GetAsync("/");
        using var page = await site.GetAsync("/", "Accept: text/html");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await page.Content.ReadAsStringAsync(Ct)).ShouldBe("page Unavailable ");
        site.App.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_provider_that_is_in_no_outpost_is_explained()
    {
        await using var app = await UpstreamApp.StartAsync();
        await using var site = await OutpostSite.StartAsync(OutpostSite.Proxied(app.Url) with { IsAssignedToOutpost = false });

        using var response = await site.SendAsync("/", ProxySite.Host, "Accept: text/html");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        site.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.ProviderInNoOutpost);
        app.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Pools_of_applications_that_are_gone_are_closed()
    {
        await using var site = await ProxySite.StartAsync();
        await using var other = await UpstreamApp.StartAsync();
        await site.EchoAsync("/");

        site.Outpost.Core.Configuration = new([OutpostSite.Proxied(other.Url)], []);
        await site.EchoAsync("/moved");

        other.Requests.ShouldBe(1);
        site.Outpost.Outpost.OpenPools.ShouldBe(1);
    }

    private static void Advance(ProxySite site) => site.Outpost.Time.Advance(TimeSpan.FromSeconds(3));

    private static void End(ProxySite site)
    {
        site.Outpost.Core.Sessions.Clear();
        site.Outpost.Outpost.Sessions.EndSession("sign-in-1");
    }
}
