using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Hosting;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>What ends or changes a forward-auth session: DESIGN 5. The next check knows of it.</summary>
public sealed class EndTests
{
    private const string Page = "http://wiki.home.test/";

    [Fact]
    public async Task Signing_out_at_the_server_ends_it()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var mara = await OpenedAsync(site);

        await site.Server.SignOutAsync(mara.Session!);

        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.Unauthorized);
        (await mara.OpenAsync(Page)).Url.ShouldStartWith("http://id.test/if/flow/default-authentication-flow/");
    }

    [Fact]
    public async Task Signing_out_at_the_application_ends_it_and_goes_on_to_the_end_of_the_sign_in()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var mara = await OpenedAsync(site);

        using var response = await mara.GetAsync("http://wiki.home.test/outpost.goauthentik.io/sign_out");

        response.Headers.Location!.OriginalString.ShouldBe("http://id.test/application/o/wiki/end-session/");
        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SessionsAsync(site)).ShouldBe(0);
    }

    [Fact]
    public async Task Signing_out_of_one_application_ends_the_sessions_of_all()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        await site.ProtectAsync("photos", "http://photos.home.test");
        var mara = await OpenedAsync(site);
        await mara.OpenAsync("http://photos.home.test/");

        using var response = await mara.GetAsync("http://wiki.home.test/outpost.goauthentik.io/sign_out");

        (await mara.StatusAsync("http://photos.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Leaving_the_group_that_let_in_ends_it_and_shows_the_denied_page()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var editors = await site.Server.AddGroupAsync("editors");
        await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = app.PbmUuid, ["group"] = editors, ["order"] = 0 });
        var pk = await site.Server.AddUserAsync("mara", "editors");
        var mara = await OpenedAsync(site, pk);

        await site.Server.LeaveAsync(pk, editors);

        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.Unauthorized);
        (await mara.OpenAsync(Page)).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_new_binding_that_keeps_out_ends_it()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var pk = await site.Server.AddUserAsync("mara");
        var mara = await OpenedAsync(site, pk);

        await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = app.PbmUuid, ["user"] = pk, ["negate"] = true, ["order"] = 0 });

        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Disabling_the_person_ends_it()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var pk = await site.Server.AddUserAsync("mara");
        var mara = await OpenedAsync(site, pk);

        await site.Server.DisableAsync(pk);

        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SessionsAsync(site)).ShouldBe(0);
    }

    [Fact]
    public async Task A_new_password_ends_it()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var pk = await site.Server.AddUserAsync("mara");
        var mara = await OpenedAsync(site, pk);

        await site.Server.SetPasswordAsync(pk);

        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Taking_the_provider_out_of_the_outpost_refuses_its_host()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var mara = await OpenedAsync(site);

        await site.Server.PatchAsync($"outposts/instances/{(await site.OutpostAsync())["pk"]}/", new JsonObject { ["providers"] = new JsonArray() });

        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Changed_people_and_groups_change_the_headers_of_an_open_session()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var pk = await site.Server.AddUserAsync("mara", "family");
        var mara = await OpenedAsync(site, pk);

        var attributes = new Json("""{"additionalHeaders": {"X-Role": "captain"}}""");
        await site.Server.Store.WriteAsync(async db =>
        {
            await db.ExecAsync($"update users set name = {"Mara Keller"}, attributes = {attributes} where pk = {pk}");
            await db.ChangedAsync(Hearthkey.Directory.UserChanges.User, $"{pk}");
            return true;
        }, ProviderSite.Ct);
        await site.Server.Store.WriteAsync(async db =>
        {
            await db.ExecAsync($"update groups set name = {"crew"} where name = {"family"}");
            await db.ChangedAsync(Hearthkey.Directory.UserChanges.Group, "any");
            return true;
        }, ProviderSite.Ct);

        using var response = await mara.CheckAsync(Page);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-authentik-name").Single().ShouldBe("Mara Keller");
        response.Headers.GetValues("X-authentik-groups").Single().ShouldBe("crew");
        response.Headers.GetValues("X-Role").Single().ShouldBe("captain");
    }

    [Fact]
    public async Task Rows_go_with_their_sign_in_at_the_next_sweep()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var mara = await OpenedAsync(site);
        (await SessionsAsync(site)).ShouldBe(1);

        await site.Server.SignOutAsync(mara.Session!);
        await site.Server.Services.GetServices<Periodic>().Single(p => p.Name == "sweep forward-auth sessions").RunAsync(ProviderSite.Ct);

        (await SessionsAsync(site)).ShouldBe(0);
    }

    [Fact]
    public async Task A_code_is_good_for_one_session_in_one_browser()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));
        using var start = await mara.GetAsync("http://wiki.home.test/outpost.goauthentik.io/start?rd=http://wiki.home.test/");
        using var authorized = await mara.GetAsync(start.Headers.Location!.OriginalString);
        var callback = authorized.Headers.Location!.OriginalString;

        var thief = new HomeBrowser(site);
        using var stolen = await thief.GetAsync(callback);
        (await thief.StatusAsync(Page)).ShouldBe(HttpStatusCode.Unauthorized);
        using var own = await mara.GetAsync(callback);
        (await mara.StatusAsync(Page)).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HomeBrowser> OpenedAsync(ForwardAuthSite site, long? user = null)
    {
        var browser = await HomeBrowser.OfAsync(site, user ?? await site.Server.AddUserAsync("mara"));
        var (response, _) = await browser.OpenAsync(Page);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    private static Task<long> SessionsAsync(ForwardAuthSite site) =>
        site.Server.Store.ReadAsync(db => db.OneAsync($"select count(*) from proxy_session", r => r.Long()), ProviderSite.Ct);
}
