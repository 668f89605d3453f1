using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Mistakes that people make: the status, and what the operator is told.</summary>
public sealed class MistakeTests
{
    [Fact]
    public async Task Missing_original_url_is_500_and_told_on_the_providers_page()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync("/outpost.goauthentik.io/auth/nginx", "app.example.com");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Body(response)).ShouldBe("configuration error");
        var report = Problem(site, OutpostFinding.UrlMissing);
        report.Provider!.Pk.ShouldBe(1);
        report.Status.ShouldBe(500);
        report.Change.ShouldContain("proxy_set_header X-Original-URL $scheme://$http_host$request_uri;");
    }

    [Fact]
    public async Task Unknown_host_is_400_with_message_host_and_detail()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single);

        using var response = await site.CheckAsync("https://nobody.test/x");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = await Body(response);
        body.ShouldStartWith("{\n\t\"Message\": \"no app for hostname\",\n\t\"Host\": \"nobody.test\",\n\t\"Detail\": \"");
        body.ShouldContain("nobody.test");
        Problem(site, OutpostFinding.UnknownHost).Came.ShouldBe("nobody.test");
    }

    [Fact]
    public async Task Person_who_starts_on_an_unknown_host_sees_a_page()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.BrowseAsync("https://nobody.test/outpost.goauthentik.io/start?rd=/");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Body(response)).ShouldStartWith("page Misconfigured");
    }

    [Fact]
    public async Task Port_lost_by_host_variable_is_recognised()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single with { ExternalHost = "http://app.example.com:8080" });

        using var response = await site.CheckAsync("http://app.example.com/x");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var report = Problem(site, OutpostFinding.PortMissing);
        report.Provider!.Pk.ShouldBe(1);
        report.Expected.ShouldBe("app.example.com:8080");
        report.Change.ShouldContain("$http_host");
    }

    [Fact]
    public async Task Port_lost_in_host_alone_is_taken_from_the_original_url()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single with { ExternalHost = "http://app.example.com:8080" });

        using var response = await site.SendAsync(
            "/outpost.goauthentik.io/start?rd=/", "app.example.com", "X-Original-URL: http://app.example.com:8080/outpost.goauthentik.io/start?rd=/");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Port_lost_in_the_original_url_alone_shows_the_page_instead_of_going_round()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single with { ExternalHost = "http://app.example.com:8080" });

        using var response = await site.SendAsync(
            "/outpost.goauthentik.io/start?rd=/", "app.example.com:8080", "X-Original-URL: http://app.example.com/outpost.goauthentik.io/start?rd=/",
            "Accept: text/html");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Problem(site, OutpostFinding.PortMissing).Expected.ShouldBe("app.example.com:8080");
    }

    [Fact]
    public async Task Port_lost_on_a_host_that_a_domain_would_cover_is_recognised()
    {
        var app = OutpostSite.Single with { ExternalHost = "http://app.lab.test:8080" };
        await using var site = await OutpostSite.StartAsync(app, OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });

        using var lost = await site.CheckAsync("http://app.lab.test/x");
        using var other = await site.CheckAsync("http://other.lab.test/x");

        lost.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Problem(site, OutpostFinding.PortMissing).Provider!.Pk.ShouldBe(1);
        other.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://nobody.test", OutpostFinding.UnknownHost)]
    [InlineData("https://auth.lab.test", OutpostFinding.LoginHostProtected)]
    public async Task Browser_on_a_host_that_nobody_serves_is_led_to_the_page(string origin, OutpostFinding finding)
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single);

        using var check = await site.CheckAsync(origin + "/x", "Accept: text/html,*/*;q=0.8");
        var report = Problem(site, finding);
        using var start = await site.BrowseAsync($"{origin}/outpost.goauthentik.io/start?rd={origin}/x");

        check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        report.Status.ShouldBe(401);
        start.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Problem(site, finding).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Browser_is_asked_which_port_it_uses_where_a_domain_has_many()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });
        const string start = "http://one.lab.test/outpost.goauthentik.io/start";

        using var asked = await site.BrowseAsync(start + "?rd=http://one.lab.test/x?a=1&b=2");
        var next = asked.Headers.GetValues("Refresh").Single();
        using var lost = await site.BrowseAsync(
            "http://one.lab.test" + next["0; url=".Length..], "Referer: http://one.lab.test:8080/outpost.goauthentik.io/start?rd=x");

        (await Body(asked)).ShouldStartWith("page OneMoment");
        next.ShouldBe("0; url=/outpost.goauthentik.io/start?hearthkey_port=true&rd=http://one.lab.test/x?a=1&b=2");
        (await Body(lost)).ShouldStartWith("page Misconfigured");
        var report = Problem(site, OutpostFinding.PortMissing);
        (report.Status, report.Came, report.Expected).ShouldBe((400, "one.lab.test", "one.lab.test:8080"));
        report.Change.ShouldContain("$http_host");
    }

    [Fact]
    public async Task Browser_that_uses_the_usual_port_goes_on_and_is_asked_again_an_hour_later()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });
        const string start = "http://one.lab.test/outpost.goauthentik.io/start";

        using var first = await site.BrowseAsync(start + "?hearthkey_port=true&rd=http://one.lab.test/x", "Referer: " + start + "?rd=x");
        using var second = await site.BrowseAsync(start + "?rd=http://one.lab.test/x");

        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        second.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        site.Time.Advance(TimeSpan.FromHours(2));
        using var third = await site.BrowseAsync(start + "?rd=http://one.lab.test/x");
        third.Headers.Contains("Refresh").ShouldBeTrue();
        site.Core.Reports.ShouldNotContain(r => r.IsProblem);
    }

    [Fact]
    public async Task Browser_that_does_not_say_its_port_goes_on_with_a_warning()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });

        using var response = await site.BrowseAsync("http://one.lab.test/outpost.goauthentik.io/start?hearthkey_port=true&rd=http://one.lab.test/x");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Problem(site, OutpostFinding.PortMissing).Change.ShouldContain("$http_host");
    }

    [Fact]
    public async Task Port_that_only_the_return_address_has_is_lost()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });

        using var response = await site.BrowseAsync("http://one.lab.test/outpost.goauthentik.io/start?rd=http://one.lab.test:8080/x");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Problem(site, OutpostFinding.PortMissing).Expected.ShouldBe("one.lab.test:8080");
    }

    [Fact]
    public async Task Provider_in_no_outpost_is_told()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single with { IsAssignedToOutpost = false });

        using var response = await site.CheckAsync("https://app.example.com/x");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Problem(site, OutpostFinding.ProviderInNoOutpost).Provider!.Pk.ShouldBe(1);
    }

    [Fact]
    public async Task Relative_return_address_on_the_external_host_of_a_domain_is_told()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.BrowseAsync("https://auth.lab.test/outpost.goauthentik.io/start?rd=/x");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Problem(site, OutpostFinding.ReturnAddressRelative).Came.ShouldBe("rd=/x");
    }

    [Fact]
    public async Task Relative_return_address_on_another_host_of_a_domain_leads_back_and_is_told()
    {
        await using var site = await OutpostSite.StartAsync();

        var landed = await new Browser(site).SignInAsync("https://one.lab.test/outpost.goauthentik.io/start?rd=/x?a=1&b=2");

        landed.ShouldBe("https://one.lab.test/x?a=1&b=2");
        var report = Problem(site, OutpostFinding.ReturnAddressRelative);
        (report.Status, report.Came).ShouldBe((302, "rd=/x?a=1&b=2"));
        report.Change.ShouldContain("rd=$scheme://$http_host$request_uri");
    }

    [Fact]
    public async Task Text_on_the_login_host_itself_shows_a_page_instead_of_going_round()
    {
        await using var site = await OutpostSite.StartAsync();

        using var check = await site.CheckAsync("https://auth.lab.test/if/user/");
        using var start = await site.BrowseAsync("https://auth.lab.test/outpost.goauthentik.io/start?rd=https://auth.lab.test/if/user/?a=1");

        check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        start.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Body(start)).ShouldStartWith("page LoginHostProtected");
        site.Core.Reports.Where(r => r.Finding == OutpostFinding.LoginHostProtected).Select(r => r.Status).ShouldBe([401, 400]);
        Problem(site, OutpostFinding.LoginHostProtected).Provider!.Pk.ShouldBe(2);
    }

    [Fact]
    public async Task Login_that_is_to_lead_to_the_login_is_refused_also_where_the_port_differs()
    {
        await using var site = await OutpostSite.StartAsync(
            OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080", AuthorizeUrl = "http://auth.lab.test:8080/application/o/authorize/" });

        using var start = await site.BrowseAsync(
            "http://auth.lab.test/outpost.goauthentik.io/start?rd=http://auth.lab.test/application/o/authorize/?client_id=x&state=y");

        start.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Body(start)).ShouldStartWith("page LoginHostProtected");
    }

    [Fact]
    public async Task Headers_over_four_kilobytes_are_warned_about_with_the_directive()
    {
        await using var site = await OutpostSite.StartAsync();
        site.Core.People[1] = site.Core.People[1] with { Groups = string.Join('|', Enumerable.Range(0, 400).Select(i => $"group {i}")) };
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");

        using var response = await browser.CheckAsync("https://app.example.com/");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Problem(site, OutpostFinding.HeadersTooLarge).Change.ShouldContain("proxy_buffer_size");
    }

    [Fact]
    public async Task Good_check_is_told_at_once_then_seldom_and_at_once_again_after_a_problem()
    {
        await using var site = await OutpostSite.StartAsync();
        for (var i = 0; i < 5; i++)
            (await site.CheckAsync("https://app.example.com/")).Dispose();
        Arrivals(site).ShouldBe(1);

        (await site.SendAsync("/outpost.goauthentik.io/auth/nginx", "app.example.com")).Dispose();
        (await site.CheckAsync("https://app.example.com/")).Dispose();
        Arrivals(site).ShouldBe(2);

        site.Time.Advance(TimeSpan.FromSeconds(11));
        (await site.CheckAsync("https://app.example.com/")).Dispose();
        Arrivals(site).ShouldBe(3);
    }

    private static int Arrivals(OutpostSite site) => site.Core.Reports.Count(r => r.Finding == OutpostFinding.CheckArrived);

    private static OutpostReport Problem(OutpostSite site, OutpostFinding finding)
    {
        var report = site.Core.Reports.Last(r => r.Finding == finding);
        report.IsProblem.ShouldBeTrue();
        report.Expected.ShouldNotBeEmpty();
        report.Change.ShouldNotBeEmpty();
        return report;
    }

    private static Task<string> Body(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
