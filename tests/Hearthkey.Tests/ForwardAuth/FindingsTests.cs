using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.ForwardAuth;
using Hearthkey.OidcProvider;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>What is wired badly, on the provider's page and in the event log.</summary>
public sealed class FindingsTests
{
    [Fact]
    public async Task The_line_waits_turns_green_and_says_what_came_instead()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync(externalHost: "http://wiki.home.test:8080");
        site.Findings.LiveCheck(app.Pk).State.ShouldBe(LiveCheckState.Waiting);

        (await site.StatusAsync("http://wiki.home.test/")).ShouldBe(HttpStatusCode.BadRequest);
        var problem = site.Findings.LiveCheck(app.Pk);
        problem.State.ShouldBe(LiveCheckState.Problem);
        problem.Finding!.Title.ShouldBe("The port is missing");
        problem.Finding.Came.ShouldBe("wiki.home.test");
        problem.Finding.Expected.ShouldBe("wiki.home.test:8080");
        problem.Finding.Change.ShouldContain("$http_host");

        site.Server.Time.Advance(TimeSpan.FromSeconds(1));
        (await site.StatusAsync("http://wiki.home.test:8080/")).ShouldBe(HttpStatusCode.Unauthorized);
        site.Findings.LiveCheck(app.Pk).State.ShouldBe(LiveCheckState.Green);
        site.Findings.For(app.Pk).Single().IsOver.ShouldBeTrue();

        var past = await site.MistakeAsync("PortMissing");
        past["provider"]!.GetValue<string>().ShouldBe("wiki");
        past["outpost"]!.GetValue<string>().ShouldBe("authentik Embedded Outpost");
        past["url"]!.GetValue<string>().ShouldBe("http://wiki.home.test/");
        past["message"]!.GetValue<string>().ShouldBe("The port is missing");
    }

    [Fact]
    public async Task Made_up_requests_and_the_mistakes_of_other_providers_hide_nothing()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var audit = site.Server.Services.GetRequiredService<AuditLog>();
        async ValueTask AppendAsync(Db db, string address, string? subject, string came) => await audit.AppendCoalescedAsync(
            db, "configuration_error", "authentik.providers.oauth2", Actor.Unknown(address), subject, new JsonObject { ["message"] = "a mistake", ["redirect_uri"] = came });
        await site.Server.Store.WriteAsync(
            async db =>
            {
                await AppendAsync(db, "203.0.113.7", ProvidersPart.Subject(app.Pk), "https://wiki.home.test/wrong");
                return true;
            },
            ProviderSite.Ct);
        site.Server.Time.Advance(TimeSpan.FromMinutes(1));
        await site.Server.Store.WriteAsync(
            async db =>
            {
                for (var i = 0; i < 300; i++)
                {
                    await AppendAsync(db, $"10.0.{i >> 8}.{i & 255}", null, "https://made.up/");
                    await AppendAsync(db, $"10.0.{i >> 8}.{i & 255}", ProvidersPart.Subject(app.Pk + 1), "https://other.test/");
                }
                return true;
            },
            ProviderSite.Ct);

        (await site.Findings.ForAsync(app.Pk, ProviderSite.Ct)).ShouldHaveSingleItem().Came.ShouldBe("https://wiki.home.test/wrong");
    }

    /// <summary>The outpost's reports wait for a second before they are written.</summary>
    [Fact]
    public async Task A_flood_for_hosts_that_nobody_has_displaces_no_mistake_of_a_provider()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync(externalHost: "http://wiki.home.test:8080");

        for (var i = 0; i < 400; i++) await site.StatusAsync($"http://made-up-{i}.test/");
        await site.StatusAsync("http://wiki.home.test/");

        await site.MistakeAsync("PortMissing");
    }

    [Fact]
    public async Task Names_of_headers_are_told_and_their_values_are_not()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();

        (await site.StatusAsync("http://other.test/?code=s3cret", "Cookie: authentik_proxy_1=s3cret", "Authorization: Bearer s3cret"))
            .ShouldBe(HttpStatusCode.BadRequest);

        var past = await site.MistakeAsync("UnknownHost");
        past["headers"]!.AsArray().Select(h => h!.GetValue<string>()).ShouldContain("Cookie");
        past.ToJsonString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task While_it_waits_a_check_for_a_host_that_nobody_has_is_a_hint()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync(externalHost: "http://wikki.home.test");

        await site.StatusAsync("http://wiki.home.test/");

        var line = site.Findings.LiveCheck(app.Pk);
        line.State.ShouldBe(LiveCheckState.Waiting);
        line.Finding!.Came.ShouldBe("wiki.home.test");
    }

    [Fact]
    public async Task A_provider_that_is_not_served_says_why()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var provider = await site.Server.CreateAsync("providers/proxy/", site.Body());
        var pk = provider["pk"]!.GetValue<long>();

        site.Findings.For(pk).Single().Came.ShouldBe("It belongs to no application.");
        await site.ApplicationAsync("wiki", provider);
        site.Findings.For(pk).Single().Came.ShouldBe("It is selected in no outpost.");
        site.Findings.LiveCheck(pk).State.ShouldBe(LiveCheckState.Problem);
        (await site.StatusAsync("http://wiki.home.test/")).ShouldBe(HttpStatusCode.BadRequest);
        (await site.MistakeAsync("ProviderInNoOutpost"))["change"]!.GetValue<string>().ShouldContain("Outposts");

        await site.SelectAsync(pk);
        site.Findings.For(pk).ShouldBeEmpty();
        (await site.StatusAsync("http://wiki.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_pattern_that_matches_anywhere_is_warned_about()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync(change: body => body["skip_path_regex"] = "^/open\n/health");

        var finding = site.Findings.For(app.Pk).Single();
        finding.Severity.ShouldBe(FindingSeverity.Warning);
        finding.Came.ShouldBe("/health");
        ProxyProviders.UnanchoredSkipPaths("^/open\n/health").ShouldBe(["/health"]);
    }

    [Fact]
    public async Task A_relative_return_address_is_warned_about_and_the_line_stays_green()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync("lab", "http://auth.home.test", body => body["mode"] = "forward_domain");
        await site.StatusAsync("http://wiki.home.test/");

        using var response = await site.SendAsync("/outpost.goauthentik.io/start?rd=/page", "auth.home.test");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        site.Findings.For(app.Pk).Single().Severity.ShouldBe(FindingSeverity.Warning);
        site.Findings.LiveCheck(app.Pk).State.ShouldBe(LiveCheckState.Green);
        await site.MistakeAsync("ReturnAddressRelative");
    }

    [Fact]
    public async Task Headers_that_nginx_cannot_take_are_warned_about_with_the_directive_to_set()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var attributes = $$$"""{"additionalHeaders": {"X-Long": "{{{new string('x', 5000)}}}"}}""";
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara", attributes: attributes));

        await mara.OpenAsync("http://wiki.home.test/");

        site.Findings.For(app.Pk).Single().Change.ShouldContain("proxy_buffer_size");
    }

    [Fact]
    public async Task Another_node_knows_of_findings_from_the_event_log()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync(externalHost: "http://wiki.home.test:8080");
        await site.StatusAsync("http://wiki.home.test/");
        var past = await site.MistakeAsync("PortMissing");

        var found = await site.Findings.ForAsync(app.Pk, ProviderSite.Ct);

        found.Count(f => f.Title == "The port is missing").ShouldBe(1);
        past["provider_pk"]!.GetValue<long>().ShouldBe(app.Pk);
    }

    [Fact]
    public async Task A_redirect_uri_that_is_not_registered_is_a_finding_of_the_oauth_provider()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await TestApp.RegisterAsync(site.Server);
        using var response = await site.Server.SendAsync(HttpMethod.Get, app.AuthorizeUrl(redirectUri: TestApp.Callback + "/"));

        var finding = (await site.Findings.ForAsync(app.Pk, ProviderSite.Ct)).Single();

        finding.Came.ShouldBe(TestApp.Callback + "/");
        finding.Expected.ShouldContain(TestApp.Callback);
        finding.Change.ShouldContain("redirect URI");
    }
}
