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
        var report = Problem(site, OutpostFinding.OriginalUrlMissing);
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
    public async Task Port_lost_in_domain_level_is_a_warning_at_the_start_of_a_login()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });

        using var response = await site.BrowseAsync("http://one.lab.test/outpost.goauthentik.io/start?rd=http://one.lab.test/x");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Problem(site, OutpostFinding.PortMissing).Change.ShouldContain("$http_host");
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
    public async Task Text_on_the_login_host_itself_shows_a_page_instead_of_going_round()
    {
        await using var site = await OutpostSite.StartAsync();

        using var check = await site.CheckAsync("https://auth.lab.test/if/user/");
        using var start = await site.BrowseAsync("https://auth.lab.test/outpost.goauthentik.io/start?rd=https://auth.lab.test/if/user/?a=1");

        check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        start.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Body(start)).ShouldStartWith("page LoginHostProtected");
        Problem(site, OutpostFinding.LoginHostProtected).Provider!.Pk.ShouldBe(2);
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
