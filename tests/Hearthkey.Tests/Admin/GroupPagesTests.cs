using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Admin;

public sealed class GroupPagesTests
{
    private const string New = "/if/admin/groups/new/";

    [Fact]
    public async Task A_group_is_created_edited_and_deleted()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var mara = await site.AddUserAsync("mara");

        var made = await admin.SaveAsync(New, ("name", "family"), ("attributes", """{"a": 1}"""), ("users", $"{mara.Pk}"));

        made.Status.ShouldBe(303);
        var page = await admin.GetAsync(made.Location!);
        page.Text.ShouldContain("family was created.");
        page.Html.ShouldContain($"name=\"users\" value=\"{mara.Pk}\" checked");

        var edited = await admin.SaveAsync(made.Location!, ("name", "house"), ("attributes", "{}"));

        edited.Status.ShouldBe(303);
        var group = (await site.Services.GetRequiredService<Groups>().GetAsync(FlowSite.Admin, made.Location!.Split('/')[^2], ListRequest.First(), TestContext.Current.CancellationToken)).Value!;
        group.Name.ShouldBe("house");
        group.Users.ShouldBeEmpty();

        (await admin.SaveAsync(made.Location + "delete/")).Location.ShouldBe("/if/admin/groups/");
        (await admin.GetAsync("/if/admin/groups/")).Text.ShouldContain("house was deleted.");
        (await admin.GetAsync(made.Location)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Mistakes_come_back_beside_their_fields_with_what_was_typed()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var page = await admin.SaveAsync(New, ("name", ""), ("attributes", "{\"a\": "));

        page.Status.ShouldBe(422);
        page.Html.ShouldContain("id=\"e-attributes\"");
        page.Text.ShouldContain("This is no JSON: look at line 1");
        page.Text.ShouldContain("{\"a\":");

        page = await admin.SaveAsync(New, ("name", " "), ("attributes", "{}"));
        page.Status.ShouldBe(422);
        page.Html.ShouldContain("aria-invalid=\"true\"");
        page.Text.ShouldContain("This field may not be blank.");

        page = await admin.SaveAsync(New, ("name", "authentik Admins"), ("attributes", "{}"));
        page.Text.ShouldContain("already exists");
    }

    [Fact]
    public async Task A_form_without_its_token_or_from_another_site_changes_nothing()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var form = await admin.GetAsync(New);

        (await admin.PostAsync(New, new() { ["name"] = "planted" })).Status.ShouldBe(403);
        (await admin.PostAsync(New, AdminForms.Values(form, ("name", "planted")), site: "same-site")).Status.ShouldBe(403);

        (await admin.GetAsync("/if/admin/groups/?search=planted")).Text.ShouldContain("Nothing matches “planted”");
    }

    [Fact]
    public async Task Deleting_asks_first_and_names_what_uses_it()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var parent = (await admin.SaveAsync(New, ("name", "everyone"))).Location!;
        await admin.SaveAsync(New, ("name", "family"), ("parents", parent.Split('/')[^2]));

        var question = await admin.GetAsync(parent + "delete/");
        var dialog = await admin.GetAsync(parent + "delete/", headers: [("HX-Request", "true"), ("HX-Target", "div#dialog")]);

        question.Text.ShouldContain("Delete everyone?");
        question.Text.ShouldContain("Group “family” loses this entry");
        dialog.Html.ShouldStartWith("<dialog");
    }

    [Fact]
    public async Task The_last_admins_cannot_be_taken_away()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var list = await admin.GetAsync("/if/admin/groups/?search=authentik");
        var path = list.Html[list.Html.IndexOf("<a class=\"name\" href=\"", StringComparison.Ordinal)..].Split('"')[3];

        var answer = await admin.SaveAsync(path + "delete/");

        answer.Status.ShouldBe(422);
        answer.Text.ShouldContain("Nothing was changed.");
        (await admin.GetAsync(path)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_list_is_searched_ordered_and_paged()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        foreach (var i in Enumerable.Range(0, 25)) (await FlowSite.CreateAsync(site.Services.GetRequiredService<Groups>(), $$"""{"name":"team {{i:00}}"}""")).Value.ShouldNotBeNull();

        var second = await admin.GetAsync("/if/admin/groups/?search=team&ordering=-name&page=2");
        var part = await admin.GetAsync("/if/admin/groups/?search=team+07", headers: [("HX-Request", "true"), ("HX-Target", "div#list")]);

        second.Text.ShouldContain("21–25 of 25");
        second.Text.ShouldContain("team 04");
        second.Text.ShouldNotContain("team 05");
        part.Html.ShouldStartWith("<div id=\"list\"");
        part.Text.ShouldContain("1 entry");
        (await admin.GetAsync("/if/admin/groups/?search=team&page=99")).Text.ShouldContain("1–20 of 25");
    }
}
