using Hearthkey.Applications;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Portal;

public sealed class MyApplicationsTests
{
    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_back()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();

        (await browser.GetAsync("/if/user/?search=x")).Location.ShouldBe("/if/flow/default-authentication-flow/?next=%2Fif%2Fuser%2F%3Fsearch%3Dx");
    }

    [Fact]
    public async Task Who_may_open_nothing_is_told_whom_to_ask()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        using var mara = await site.SignedInAsync("mara");

        var page = await mara.GetAsync("/if/user/");

        page.Status.ShouldBe(200);
        page.Text.ShouldContain("Nothing here yet");
        page.Text.ShouldContain("Ask your administrator");
        page.Html.ShouldNotContain("/if/admin/");
    }

    [Fact]
    public async Task Somebody_signs_out_everywhere_after_a_question()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        using var here = await site.SignedInAsync("mara");
        using var there = await site.SignedInAsync("mara");
        using var other = await site.SignedInAsync();
        const string path = "/if/user/sign-out-everywhere/";

        (await here.GetAsync("/if/user/")).Html.ShouldContain($"href=\"{path}\"");
        var question = await here.GetAsync(path);
        question.Text.ShouldContain("Sign out everywhere?");
        (await here.PostAsync(path, [])).Status.ShouldBe(403);
        (await there.GetAsync("/if/user/")).Status.ShouldBe(200);
        var ended = await here.PostAsync(path, new() { ["csrf"] = question.Hidden()["csrf"] });

        ended.Location!.ShouldStartWith("/if/flow/default-authentication-flow/");
        here.SessionId.ShouldBeNull();
        (await there.GetAsync("/if/user/")).Status.ShouldBe(303);
        (await other.GetAsync("/if/user/")).Status.ShouldBe(200, "other people stay");
    }

    [Fact]
    public async Task Tiles_are_what_the_person_may_open_by_group()
    {
        await using var site = await FlowSite.StartAsync();
        var mara = await site.AddUserAsync("mara");
        await site.AddUserAsync("jo");
        await AddAsync(site, """{"name":"Photos","slug":"photos","group":"Media","meta_launch_url":"https://photos.lab.example","open_in_new_tab":true,"meta_description":"All of <us>"}""");
        var wiki = await AddAsync(site, """{"name":"Wiki","slug":"wiki","meta_launch_url":"https://wiki.lab.example","meta_icon":"/assets/x.png"}""");
        await AddAsync(site, """{"name":"Hidden","slug":"hidden","meta_launch_url":"https://hidden.lab.example","meta_hide":true}""");
        await AddAsync(site, """{"name":"Nowhere","slug":"nowhere"}""");
        await site.ApiAsync("POST", "policies/bindings/", $$"""{"target":"{{wiki.PbmUuid}}","user":{{mara.Pk}},"order":0}""");
        using var ofMara = await site.SignedInAsync("mara");
        using var ofJo = await site.SignedInAsync("jo");

        var full = await ofMara.GetAsync("/if/user/");
        var less = await ofJo.GetAsync("/if/user/");

        full.Html.ShouldContain("href=\"/application/launch/photos/\" target=\"_blank\" rel=\"noopener\"");
        full.Html.ShouldContain("All of &lt;us&gt;");
        full.Html.ShouldContain("<h2>Media</h2>");
        full.Html.ShouldContain("<img src=\"/assets/x.png\"");
        full.Text.ShouldNotContain("Hidden");
        full.Text.ShouldNotContain("Nowhere");
        less.Text.ShouldContain("Photos");
        less.Text.ShouldNotContain("Wiki");
    }

    [Fact]
    public async Task An_icon_of_another_host_is_shown_and_images_alone_may_come_from_there()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();
        var before = (await browser.GetAsync("/if/user/")).Policy;
        await AddAsync(site, """{"name":"Photos","slug":"photos","meta_launch_url":"https://photos.lab.example","meta_icon":"https://cdn.lab.example:8443/icons/photos.svg"}""");

        var page = await browser.GetAsync("/if/user/");

        before.ShouldContain("img-src 'self';");
        page.Html.ShouldContain("<img src=\"https://cdn.lab.example:8443/icons/photos.svg\"");
        page.Policy.ShouldBe(before.Replace("img-src 'self';", "img-src 'self' https://cdn.lab.example:8443;", StringComparison.Ordinal));
        (await browser.GetAsync("/if/admin/applications/")).Policy.ShouldContain("img-src 'self' https://cdn.lab.example:8443;");
        (await site.Browse().GetAsync("/if/flow/default-authentication-flow/")).Policy.ShouldContain("img-src 'self';");
    }

    [Fact]
    public async Task Tiles_are_searched_and_come_alone_where_only_they_are_asked_for()
    {
        await using var site = await FlowSite.StartAsync();
        await AddAsync(site, """{"name":"Photos","slug":"photos","group":"Media","meta_publisher":"Acme","meta_launch_url":"https://photos.lab.example"}""");
        await AddAsync(site, """{"name":"Wiki","slug":"wiki","meta_launch_url":"https://wiki.lab.example"}""");
        using var browser = await site.SignedInAsync();

        var found = await browser.GetAsync("/if/user/?search=media+pho", headers: [("HX-Request", "true"), ("HX-Target", "div#tiles")]);
        var byPublisher = await browser.GetAsync("/if/user/?search=acme");
        var nothing = await browser.GetAsync("/if/user/?search=zebra");

        found.Html.ShouldStartWith("<div id=\"tiles\"");
        found.Text.ShouldContain("Photos");
        found.Text.ShouldNotContain("Wiki");
        byPublisher.Text.ShouldContain("Photos");
        byPublisher.Text.ShouldNotContain("Wiki");
        nothing.Text.ShouldContain("Nothing matches “zebra”");
    }

    private static async Task<Application> AddAsync(FlowSite site, string json)
    {
        var outcome = await FlowSite.CreateAsync(site.Services.GetRequiredService<ApplicationResource>(), json);
        return outcome.Value.ShouldNotBeNull(outcome.Errors?.ToJson().ToJsonString());
    }
}
