using Hearthkey.Directory;
using Hearthkey.Storage;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Portal;

public sealed class AppPasswordPagesTests
{
    private const string Path = "/if/user/app-passwords/";

    [Fact]
    public async Task Somebody_makes_an_app_password_sees_it_once_and_deletes_it()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        using var mara = await site.SignedInAsync("mara");
        (await mara.GetAsync("/if/user/")).Html.ShouldContain($"href=\"{Path}\"");
        var empty = await mara.GetAsync(Path);
        empty.Html.ShouldNotContain("name=\"password\"");

        var made = await mara.PostAsync(Path, new() { ["csrf"] = empty.Hidden()["csrf"], ["purpose"] = "Photos on my phone" });

        made.Status.ShouldBe(200, made.Text);
        var key = Key(made);
        made.Html.ShouldContain("value=\"mara\"");
        (await FindAsync(site, "mara", key)).ShouldNotBeNull();
        var listed = await mara.GetAsync(Path);
        listed.Text.ShouldContain("Photos on my phone");
        listed.Text.ShouldContain("All my applications");
        listed.Html.ShouldNotContain(key);

        var delete = DeletePath(listed);
        var question = await mara.GetAsync(delete);
        question.Text.ShouldContain("Delete the app password for Photos on my phone?");
        (await mara.PostAsync(delete, [])).Status.ShouldBe(403);
        (await mara.PostAsync(delete, new() { ["csrf"] = question.Hidden()["csrf"] })).Location.ShouldBe(Path);
        (await FindAsync(site, "mara", key)).ShouldBeNull();
    }

    [Fact]
    public async Task It_can_be_limited_to_an_application_and_to_reading()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        using var mara = await site.SignedInAsync("mara");
        var csrf = (await mara.GetAsync(Path)).Hidden()["csrf"];

        var made = await mara.PostAsync(Path, new() { ["csrf"] = csrf, ["purpose"] = "Reader", ["read_only"] = "true" });
        (await mara.PostAsync(Path, new() { ["csrf"] = csrf, ["purpose"] = "Reader", ["application"] = "0198c0de-0000-7000-8000-000000000000" })).Status.ShouldBe(422);

        var found = (await FindAsync(site, "mara", Key(made))).ShouldNotBeNull();
        found.Methods.ShouldBe(["GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"]);
    }

    [Fact]
    public async Task It_can_be_limited_to_what_the_clients_of_a_program_need_in_one_application()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        var app = (await site.ApiAsync("POST", "core/applications/", """{"name":"Photos","slug":"photos"}""")).Json.GetProperty("pk").GetString()!;
        using var mara = await site.SignedInAsync("mara");
        var form = await mara.GetAsync(Path);
        form.Text.ShouldContain("Only what Immich clients need");
        var csrf = form.Hidden()["csrf"];

        var nowhere = await mara.PostAsync(Path, new() { ["csrf"] = csrf, ["purpose"] = "Phone", ["part"] = "immich" });
        nowhere.Status.ShouldBe(422);
        nowhere.Text.ShouldContain("Choose above which of your applications it is for.");
        nowhere.Html.ShouldContain("<option value=\"immich\" selected>");
        (await mara.PostAsync(Path, new() { ["csrf"] = csrf, ["purpose"] = "Phone", ["application"] = app, ["part"] = "nobody" })).Status.ShouldBe(422);
        var made = await mara.PostAsync(Path, new() { ["csrf"] = csrf, ["purpose"] = "Phone", ["application"] = app, ["part"] = "immich" });

        var found = (await FindAsync(site, "mara", Key(made))).ShouldNotBeNull();
        found.Application.ShouldBe(Guid.Parse(app));
        found.Paths.ShouldBe(["^/api(/.*)?$", @"^/\.well-known/immich$"]);
        (await mara.GetAsync(Path)).Text.ShouldContain(": some of its paths");
    }

    [Fact]
    public async Task An_old_sign_in_is_asked_for_the_password()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        using var mara = await site.SignedInAsync("mara");
        site.Time.Advance(TimeSpan.FromMinutes(16));
        var form = await mara.GetAsync(Path);
        form.Html.ShouldContain("name=\"password\"");

        var wrong = await mara.PostAsync(Path, new() { ["csrf"] = form.Hidden()["csrf"], ["purpose"] = "Phone", ["password"] = "wrong" });
        wrong.Status.ShouldBe(422);
        wrong.Text.ShouldContain("That is not your password");
        var made = await mara.PostAsync(Path, new() { ["csrf"] = form.Hidden()["csrf"], ["purpose"] = "Phone", ["password"] = FlowSite.Password });

        made.Status.ShouldBe(200, made.Text);
        Key(made).Length.ShouldBe(60);
        (await mara.GetAsync(Path)).Html.ShouldNotContain("name=\"password\"");
    }

    [Fact]
    public async Task A_form_from_elsewhere_and_one_without_a_purpose_make_nothing()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        using var mara = await site.SignedInAsync("mara");

        (await mara.PostAsync(Path, new() { ["purpose"] = "Phone" })).Status.ShouldBe(403);
        var blank = await mara.PostAsync(Path, new() { ["csrf"] = (await mara.GetAsync(Path)).Hidden()["csrf"], ["purpose"] = " " });

        blank.Status.ShouldBe(422);
        blank.Text.ShouldContain("Say in up to 100 characters");
    }

    [Fact]
    public async Task Nobody_sees_or_deletes_those_of_others_and_strangers_are_sent_to_sign_in()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        await site.AddUserAsync("otto");
        using var mara = await site.SignedInAsync("mara");
        await mara.PostAsync(Path, new() { ["csrf"] = (await mara.GetAsync(Path)).Hidden()["csrf"], ["purpose"] = "Photos on my phone" });
        var delete = DeletePath(await mara.GetAsync(Path));

        foreach (var name in new[] { "otto", "akadmin" })
        {
            using var other = await site.SignedInAsync(name);
            (await other.GetAsync(Path)).Text.ShouldNotContain("Photos on my phone");
            (await other.GetAsync(delete)).Status.ShouldBe(404);
        }
        using var stranger = site.Browse();
        (await stranger.GetAsync(Path)).Location!.ShouldStartWith("/if/flow/default-authentication-flow/");
    }

    private static string Key(FlowPageSeen page) => global::System.Text.RegularExpressions.Regex.Match(page.Html, "id=\"f-key\" type=\"password\" value=\"([A-Za-z0-9]+)\"").Groups[1].Value;

    private static string DeletePath(FlowPageSeen page) => global::System.Text.RegularExpressions.Regex.Match(page.Html, $"href=\"({Path}[^\"]+/delete/)\"").Groups[1].Value;

    private static async Task<AppPassword?> FindAsync(FlowSite site, string username, string key) =>
        (await site.Services.GetRequiredService<AppPasswords>().FindAsync(username, key, site.Services.GetRequiredService<Snapshots>().Current, TestContext.Current.CancellationToken))?.Password;
}
