using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>The conformance list for checks in the nginx dialect.</summary>
public sealed class CheckTests
{
    private static readonly string[] _identityHeaders =
    [
        "X-authentik-username", "X-authentik-groups", "X-authentik-entitlements", "X-authentik-email", "X-authentik-name", "X-authentik-uid",
        "X-authentik-jwt", "X-authentik-meta-jwks", "X-authentik-meta-outpost", "X-authentik-meta-provider", "X-authentik-meta-app",
        "X-authentik-meta-version",
    ];

    [Theory]
    [InlineData("/outpost.goauthentik.io/ping")]
    [InlineData("/outpost.goauthentik.io/ping/deeper")]
    public async Task Ping_answers_204_on_any_host(string path)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync(path, "nobody.test");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("https://app.example.com/x", 401)]
    [InlineData("https://app.example.com/skip/here", 200)]
    [InlineData("https://app.example.com/a/skip/b", 200)]
    [InlineData("https://app.example.com/outpost.goauthentik.io/start?rd=https://app.example.com/x?a=1&b=2", 200)]
    [InlineData("https://app.example.com/outpost.goauthentik.io", 401)]
    [InlineData("https://app.example.com/outpost.goauthentik.iox", 401)]
    [InlineData("https://app.example.com/outpost.goauthentik.io/../admin", 401)]
    [InlineData("https://app.example.com/outpost.goauthentik.io/%2e%2e/admin", 401)]
    [InlineData("https://app.example.com/x?X-authentik-auth-callback=true", 401)]
    public async Task Check_without_session_answers(string url, int status)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.CheckAsync(url);

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        if (status == 401)
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("unauthorized request");
    }

    [Fact]
    public async Task Open_path_sends_every_identity_header_empty()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.CheckAsync("https://app.example.com/skip", "X-authentik-username: root", "X_authentik_username: root");

        foreach (var name in _identityHeaders)
            response.Headers.Contains(name).ShouldBeTrue(name);
        foreach (var name in _identityHeaders[..7])
            response.Headers.GetValues(name).ShouldBe([""], name);
    }

    [Fact]
    public async Task Known_session_answers_200_with_all_headers()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start?rd=/page");

        using var response = await site.CheckAsync(
            "https://app.example.com/x", "Cookie: a=b; " + browser.Cookies("app.example.com"), "User-Agent: Probe/1.0", "X-authentik-username: root");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(response, "X-authentik-username").ShouldBe("ada");
        Header(response, "X-authentik-groups").ShouldBe("a|b c");
        Header(response, "X-authentik-entitlements").ShouldBe("");
        Header(response, "X-authentik-email").ShouldBe("ada@example.com");
        Header(response, "X-authentik-name").ShouldBe("Ada");
        Header(response, "X-authentik-uid").ShouldBe("uid-1");
        Header(response, "X-authentik-jwt").ShouldBe("");
        Header(response, "X-authentik-meta-jwks").ShouldBe("https://auth.example.com/application/o/app/jwks/");
        Header(response, "X-authentik-meta-outpost").ShouldBe("authentik Embedded Outpost");
        Header(response, "X-authentik-meta-provider").ShouldBe("Provider for app");
        Header(response, "X-authentik-meta-app").ShouldBe("app");
        Header(response, "X-authentik-meta-version").ShouldBe("goauthentik.io/outpost/1.2.3");
        Header(response, "User-Agent").ShouldBe("Probe/1.0");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("");
    }

    [Fact]
    public async Task Names_that_are_not_ascii_arrive_as_utf8_and_control_characters_empty_the_value()
    {
        await using var site = await OutpostSite.StartAsync();
        site.Core.People[1] = new Identity
        {
            Username = "zoë",
            Uid = "u\r\nX-authentik-groups: admins",
            Additional = AdditionalHeaders.Read(global::System.Text.Json.JsonDocument.Parse(
                """{"additionalHeaders":{"Foo":"bar","Num":3,"Set-Cookie":"a=b","Content-Language":"de","X-Hearthkey-Names":"Cookie","bad name":"x","X_authentik_uid":"0"}}""").RootElement),
        };
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");

        using var response = await browser.CheckAsync("https://app.example.com/");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var bytes = Header(response, "X-authentik-username").Select(c => (byte)c).ToArray();
        global::System.Text.Encoding.UTF8.GetString(bytes).ShouldBe("zoë");
        Header(response, "X-authentik-uid").ShouldBe("");
        Header(response, "X-authentik-groups").ShouldBe("");
        Header(response, "Foo").ShouldBe("bar");
        response.Content.Headers.Contains("Content-Language").ShouldBeFalse();
        response.Headers.Contains("X-Hearthkey-Names").ShouldBeFalse();
        Header(response, "Num").ShouldBe("3");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        response.Headers.Contains("X_authentik_uid").ShouldBeFalse();
    }

    [Fact]
    public async Task Head_is_answered_as_get()
    {
        await using var site = await OutpostSite.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"http://127.0.0.1:{site.Port}/outpost.goauthentik.io/auth/nginx");
        request.Headers.Add("X-Original-URL", "https://app.example.com/x");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/anything", "core")]
    [InlineData("/?x=1", "core")]
    [InlineData("/if/flow/?next=%2F%3FX-authentik-auth-callback%3Dtrue", "core")]
    [InlineData("/?x-AUTHENTIK-auth-callback=true", "core")]
    [InlineData("/outpost.goauthentik.iox", "core")]
    public async Task What_is_not_the_outposts_goes_on(string path, string body)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync(path, "app.example.com");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(body);
    }

    [Theory]
    [InlineData("/any/path?X-authentik-auth-callback=TRUE", 400)]
    [InlineData("/any/path?a=1&X-authentik-logout=true", 302)]
    [InlineData("/outpost.goauthentik.io/nothing", 404)]
    public async Task Flags_work_on_any_path_of_an_application(string path, int status)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync(path, "app.example.com");

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Flag_on_a_host_that_is_no_application_is_not_the_outposts()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync("/?X-authentik-logout=true", "login.example.com");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("core");
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.NonValidated[name].ToString();
}
