using System.Net;
using System.Text.RegularExpressions;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>The pages that people see on the hosts of applications, where only the outpost's own paths reach us.</summary>
public sealed partial class PagesTests
{
    [Fact]
    public async Task A_page_says_what_to_do_and_its_style_sheet_is_found_on_the_same_host()
    {
        await using var site = await ForwardAuthSite.StartAsync();

        using var response = await site.SendAsync("/outpost.goauthentik.io/start", "nobody.test", "Accept: text/html");
        var html = await response.Content.ReadAsStringAsync(ProviderSite.Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        html.ShouldContain("This address is not set up yet");
        html.ShouldContain("nobody.test");
        html.ShouldContain((await site.MistakeAsync("UnknownHost"))["reference"]!.GetValue<string>());
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        var links = Link().Matches(html).Select(m => m.Groups[1].Value).ToList();
        links.ShouldNotBeEmpty();
        foreach (var link in links)
        {
            link.ShouldStartWith("/outpost.goauthentik.io/static/");
            using var asset = await site.SendAsync(link, "nobody.test");
            asset.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_refused_login_names_the_application_and_repeats_nothing_that_a_link_can_say()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();

        using var denied = await site.SendAsync("/outpost.goauthentik.io/callback?error=access_denied&error_description=<b>x", "wiki.home.test");
        var html = await denied.Content.ReadAsStringAsync(ProviderSite.Ct);

        denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        html.ShouldContain("You have no access to The wiki");
        html.ShouldNotContain("<b>x");
    }

    [Fact]
    public async Task A_browser_that_is_asked_for_its_port_goes_on_by_itself_or_by_a_button()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync("lab", "http://auth.home.test:8080", body => body["mode"] = "forward_domain");

        using var response = await site.SendAsync("/outpost.goauthentik.io/start?rd=http://wiki.home.test/x?a=1&b=2", "wiki.home.test", "Accept: text/html");
        var html = await response.Content.ReadAsStringAsync(ProviderSite.Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        const string next = "/outpost.goauthentik.io/start?hearthkey_port=true&rd=http://wiki.home.test/x?a=1&b=2";
        response.Headers.GetValues("Refresh").Single().ShouldBe("0; url=" + next);
        response.Headers.GetValues("Referrer-Policy").Single().ShouldBe("same-origin");
        html.ShouldContain("One moment");
        html.ShouldContain(WebUtility.HtmlEncode(next));
        html.ShouldNotContain("Reference");
    }

    [Fact]
    public async Task Pings_and_unknown_paths_are_answered_without_a_page()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();

        (await site.SendAsync("/outpost.goauthentik.io/ping", "anything")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await site.SendAsync("/outpost.goauthentik.io/other", "wiki.home.test")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_name_cannot_end_the_comment_that_it_stands_in()
    {
        var text = ProxyTexts.Nginx(new ProxyProvider { Name = "a\nreturn 200;", ExternalHost = "http://a.test" }, "http://127.0.0.1:9000/");

        text.ShouldContain("# Hearthkey protects a return 200; at http://a.test\n");
        text.ShouldContain("proxy_pass http://127.0.0.1:9000;");
        text.ShouldNotContain("{{");
    }

    [GeneratedRegex("(?:href|src)=\"(/[^\"]+)\"")]
    private static partial Regex Link();
}
