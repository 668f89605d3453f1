using System.Net;
using System.Net.Sockets;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;
using Hearthkey.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hearthkey.Tests.Outpost;

/// <summary>Applications behind proxy mode that are away, slow, or speak TLS.</summary>
public sealed class ProxyUpstreamTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_that_is_away_is_told_plainly_and_to_the_operator_in_detail()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = "http://127.0.0.1:" + ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var site = await OutpostSite.StartAsync(OutpostSite.Proxied(address));

        using var page = await site.SendAsync("/public", ProxySite.Host, "Accept: text/html");
        using var program = await site.SendAsync("/public", ProxySite.Host);

        page.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await page.Content.ReadAsStringAsync(Ct)).ShouldBe("page ApplicationAway ");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        program.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await program.Content.ReadAsStringAsync(Ct)).ShouldNotContain("127.0.0.1");
        var report = site.Core.Reports.First(r => r.Finding == OutpostFinding.UpstreamAway);
        report.Came.ShouldContain(address);
        report.Came.ShouldContain("refused");
        report.Change.ShouldContain("internal host");
        report.Status.ShouldBe(502);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_turns_no_line_green_while_the_application_is_away()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Proxied("http://127.0.0.1:1"));
        using var failed = await site.SendAsync("/public", ProxySite.Host);
        site.Core.Reports.Clear();

        using var response = await site.SendAsync("/private", ProxySite.Host);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        site.Core.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_named()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Proxied("http://no-such-host.invalid"));

        using var response = await site.SendAsync("/public", ProxySite.Host);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        site.Core.Reports.Single(r => r.IsProblem).Came.ShouldContain("knows no no-such-host.invalid");
    }

    [Fact]
    public async Task What_speaks_no_tls_or_no_http_is_told_apart()
    {
        await using var plain = await UpstreamApp.StartAsync();
        await using var site = await OutpostSite.StartAsync(OutpostSite.Proxied(plain.Url.Replace("http:", "https:", StringComparison.Ordinal)));

        using var response = await site.SendAsync("/public", ProxySite.Host);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        site.Core.Reports.Single(r => r.IsProblem).Came.ShouldContain("speaks no TLS");
    }

    [Theory]
    [InlineData("localhost", true, 502)]
    [InlineData("localhost", false, 200)]
    public async Task The_certificate_is_checked_unless_the_provider_says_otherwise(string name, bool isChecked, int status)
    {
        using var certificate = TestCertificates.SelfSigned(name);
        await using var app = await UpstreamApp.StartAsync(listen => listen.UseHttps(certificate));
        await using var site = await OutpostSite.StartAsync(OutpostSite.Proxied(app.Url) with { IsUpstreamCertificateChecked = isChecked });

        using var response = await site.SendAsync("/public", ProxySite.Host);

        ((int)response.StatusCode).ShouldBe(status);
        if (status == 200)
            (await response.Content.ReadAsStringAsync(Ct)).ShouldStartWith("HTTP/2 GET /public 0");
        else
            site.Core.Reports.Single(r => r.IsProblem).ShouldSatisfyAllConditions(
                r => r.Finding.ShouldBe(OutpostFinding.UpstreamCertificate), r => r.Change.ShouldContain("internal_host_ssl_validation"));
    }

    [Fact]
    public async Task A_WebSocket_goes_through_to_an_application_that_speaks_http_1_under_tls()
    {
        using var certificate = TestCertificates.SelfSigned("localhost");
        await using var app = await UpstreamApp.StartAsync(listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate);
        });
        await using var site = await OutpostSite.StartAsync(OutpostSite.Proxied(app.Url) with { IsUpstreamCertificateChecked = false, SkipPaths = SkipRules.Parse("^/") });
        using var socket = new global::System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Host", ProxySite.Host);

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{site.Port}/"), Ct);
        await socket.SendAsync(new byte[] { 1, 2 }, global::System.Net.WebSockets.WebSocketMessageType.Binary, true, Ct);

        (await socket.ReceiveAsync(new byte[8], Ct)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_that_comes_back_here_is_stopped()
    {
        await using var outer = await OutpostSite.StartAsync(OutpostSite.Proxied("http://127.0.0.1:1"));
        outer.Core.Configuration = new([OutpostSite.Proxied($"http://127.0.0.1:{outer.Port}")], []);

        using var response = await outer.SendAsync("/public", ProxySite.Host);

        ((int)response.StatusCode).ShouldBe(508);
        outer.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.UpstreamLoop);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_nobodys_failure()
    {
        await using var site = await ProxySite.StartAsync();
        using var hurry = new CancellationTokenSource();

        var sending = HangAsync(site, hurry.Token);
        while (site.App.Requests == 0)
            await Task.Delay(10, Ct);
        await hurry.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        await site.EchoAsync("/after");
        site.Outpost.Core.Reports.ShouldNotContain(r => r.IsProblem);
    }

    private static async Task HangAsync(ProxySite site, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hang");
        request.Headers.Host = ProxySite.Host;
        request.Headers.Add("Cookie", site.Cookies);
        using var response = await site.Outpost.Client.SendAsync(request, ct);
    }
}
