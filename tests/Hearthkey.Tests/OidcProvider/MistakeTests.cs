using System.Net;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>What people set up wrongly: the person sees a page, the operator an event that shows where to look.</summary>
public sealed class MistakeTests
{
    [Fact]
    public async Task A_redirect_uri_with_another_slash_gets_a_page_and_an_event_that_marks_the_difference()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["redirect_uris"]!.AsArray().Add(TestApp.Uri("https://grafana\\.test/x/.*", "regex")));

        using var response = await site.SendAsync(HttpMethod.Get, app.AuthorizeUrl(redirectUri: TestApp.Callback + "/"));
        await site.SendAsync(HttpMethod.Get, app.AuthorizeUrl(redirectUri: TestApp.Callback + "/"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
        var page = await response.Content.ReadAsStringAsync(ProviderSite.Ct);
        page.ShouldContain("Grafana is set up with another address");
        page.ShouldNotContain("generic_oauth");
        var event_ = (await site.EventsAsync("configuration_error")).Single();
        event_["redirect_uri"]!.GetValue<string>().ShouldBe(TestApp.Callback + "/");
        event_["provider"]!.GetValue<string>().ShouldBe("Grafana");
        page.ShouldContain(event_["reference"]!.GetValue<string>());
        var registered = event_["registered"]!.AsArray();
        registered.Count.ShouldBe(2);
        registered[0]!["url"]!.GetValue<string>().ShouldBe(TestApp.Callback);
        registered[0]!["sent_marked"]!.GetValue<string>().ShouldBe(TestApp.Callback + "▸/");
        registered[0]!["registered_marked"]!.GetValue<string>().ShouldBe(TestApp.Callback + "▸");
        registered[1]!["matching_mode"]!.GetValue<string>().ShouldBe("regex");
    }

    [Theory]
    [InlineData("?client_id=nobody&response_type=code&redirect_uri=https%3A%2F%2Fgrafana.test%2F")]
    [InlineData("?response_type=code")]
    [InlineData("?client_id=a&client_id=b")]
    [InlineData("")]
    public async Task An_unknown_client_gets_a_page_and_an_event(string query)
    {
        await using var site = await ProviderSite.StartAsync();

        using var response = await site.SendAsync(HttpMethod.Get, "/application/o/authorize/" + query);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await site.EventsAsync("configuration_error")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Made_up_clients_share_one_event_a_minute_and_do_not_hide_a_real_mistake()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        for (var i = 0; i < 30; i++) await site.SendAsync(HttpMethod.Get, $"/application/o/authorize/?client_id=nobody-{i}&response_type=code");
        await site.SendAsync(HttpMethod.Get, app.AuthorizeUrl(redirectUri: TestApp.Callback + "/"));

        var events = await site.EventsAsync("configuration_error");
        events.Count.ShouldBe(2);
        events.ShouldContain(e => e["provider"] != null && e["provider"]!.GetValue<string>() == "Grafana");
    }

    [Fact]
    public async Task A_wrong_client_secret_is_401_for_the_app_and_an_event_for_the_operator()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        var (status, body) = await app.TokenAsync(
            new() { ["grant_type"] = "authorization_code", ["client_id"] = app.ClientId, ["client_secret"] = "wrong", ["code"] = "x" }, withSecret: false);

        status.ShouldBe(HttpStatusCode.Unauthorized);
        body["error"]!.GetValue<string>().ShouldBe("invalid_client");
        var event_ = (await site.EventsAsync("configuration_error")).Single();
        event_["client_id"]!.GetValue<string>().ShouldBe(app.ClientId);
        event_.ToJsonString().ShouldNotContain("\"wrong\"");
    }

    [Fact]
    public async Task A_token_request_that_is_no_form_is_told_what_to_send()
    {
        await using var site = await ProviderSite.StartAsync();

        using var response = await site.SendAsync(HttpMethod.Post, "/application/o/token/", new StringContent("{}", null, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldContain("x-www-form-urlencoded");
    }

    [Fact]
    public async Task Userinfo_without_a_good_token_is_401_with_a_challenge()
    {
        await using var site = await ProviderSite.StartAsync();

        using var none = await site.SendAsync(HttpMethod.Get, "/application/o/userinfo/");
        using var bad = await site.SendAsync(HttpMethod.Get, "/application/o/userinfo/", authorization: "Bearer x.y.z");

        none.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        bad.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
    }
}
