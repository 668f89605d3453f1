using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Hosting;

/// <summary>Requests that no browser makes, at the real server: each gets a clear answer, and none a stack trace in the log.</summary>
public sealed class BadRequestTests
{
    [Theory]
    [InlineData("Host: ")]
    [InlineData("Host: a(b")]
    [InlineData("Host: a@b")]
    [InlineData("Host: :80")]
    [InlineData("Host: [1")]
    [InlineData("Host: a:b")]
    [InlineData("Host: a:99999")]
    public async Task A_host_that_is_none_gets_a_page_that_says_so(string host)
    {
        var log = new ListedLog();
        await using var site = await FlowSite.StartAsync(b => b.Logging.AddProvider(log));

        foreach (var path in (string[])["/if/user/", "/", FlowBrowser.SignInPath, "/application/o/authorize/", "/nowhere", "/api/v3/core/users/me/", "/outpost.goauthentik.io/start"])
        {
            var answer = await RawAsync(site, $"GET {path} HTTP/1.1\r\n{host}\r\n");
            answer.ShouldStartWith("HTTP/1.1 400 ", Case.Sensitive, path);
        }

        log.Lines.ShouldNotContain(line => line.Contains("failed", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_for_an_unreadable_host_is_a_page()
    {
        await using var site = await FlowSite.StartAsync();

        var answer = await RawAsync(site, "GET /if/user/ HTTP/1.1\r\nHost: a(b\r\n");

        answer.ShouldContain("The address cannot be read");
        answer.ShouldContain("Content-Type: text/html");
        (await RawAsync(site, "GET /-/health/live/ HTTP/1.0\r\n")).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task An_unknown_host_is_told_what_was_expected_and_what_came()
    {
        await using var site = await FlowSite.StartAsync(settings: ("HEARTHKEY_WEB__BASE_URL", "https://auth.home.test"));

        var answer = await RawAsync(site, "GET /if/user/ HTTP/1.1\r\nHost: wiki.home.test:8080\r\n");

        answer.ShouldStartWith("HTTP/1.1 421 ");
        answer.ShouldContain("This address is not set up here");
        answer.ShouldContain("https://auth.home.test");
        answer.ShouldContain("http://wiki.home.test:8080");
        (await RawAsync(site, "GET /if/user/ HTTP/1.1\r\nHost: auth.home.test\r\n")).ShouldStartWith("HTTP/1.1 303 ");
    }

    [Fact]
    public async Task A_forwarded_host_makes_no_host_ours()
    {
        await using var site = await FlowSite.StartAsync(settings: ("HEARTHKEY_WEB__BASE_URL", "https://auth.home.test"));

        (await RawAsync(site, "GET /if/user/ HTTP/1.1\r\nHost: wiki.home.test\r\nX-Forwarded-Host: auth.home.test\r\n")).ShouldStartWith("HTTP/1.1 421 ");
    }

    [Theory]
    [InlineData("X-Long", 70_000, 431)]
    [InlineData("Cookie", 70_000, 431)]
    [InlineData("Cookie", 8_000, 303)]
    public async Task Headers_that_are_too_large_are_refused(string name, int length, int status)
    {
        await using var site = await FlowSite.StartAsync();
        var value = name == "Cookie" ? "hearthkey_session=" + new string('x', length) : new string('x', length);

        (await RawAsync(site, $"GET /if/user/ HTTP/1.1\r\nHost: id.test\r\n{name}: {value}\r\n")).ShouldStartWith(Line(status));
    }

    [Fact]
    public async Task Too_many_headers_and_a_line_that_is_too_long_are_refused()
    {
        await using var site = await FlowSite.StartAsync();
        var many = string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"));

        (await RawAsync(site, $"GET /if/user/ HTTP/1.1\r\nHost: id.test\r\n{many}")).ShouldStartWith(Line(431));
        (await RawAsync(site, $"GET /if/user/?{new string('x', 40_000)} HTTP/1.1\r\nHost: id.test\r\n")).ShouldStartWith(Line(414));
    }

    [Theory]
    [InlineData("=")]
    [InlineData(";;;=;")]
    [InlineData("hearthkey_session")]
    [InlineData("hearthkey_session=\"; hearthkey_csrf=%00")]
    [InlineData("hearthkey_session=a; hearthkey_session=b")]
    public async Task Cookies_that_are_none_are_nobody(string cookie)
    {
        await using var site = await FlowSite.StartAsync();

        (await RawAsync(site, $"GET {FlowBrowser.SignInPath} HTTP/1.1\r\nHost: id.test\r\nCookie: {cookie}\r\n")).ShouldStartWith(Line(200));
    }

    private static string Line(int status) => string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} ");

    private static async Task<string> RawAsync(FlowSite site, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var bytes = Encoding.Latin1.GetBytes(request + "Connection: close\r\n\r\n");
        // a server that refuses does not read to the end
        try
        {
            await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
        }
        var answer = new StringBuilder();
        var buffer = new byte[65536];
        try
        {
            while (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read) answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
        }
        return answer.ToString();
    }
}
