using Hearthkey.Directory;
using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Admin;

public sealed class ProxyHostPagesTests
{
    private const string New = "/if/admin/providers/hosts/new/";

    [Fact]
    public async Task A_new_host_comes_to_its_own_page_where_groups_are_bound()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var provider = await AddProviderAsync(site, admin, "forward_domain");
        var family = (await FlowSite.CreateAsync(site.Services.GetRequiredService<Groups>(), """{"name":"family"}""")).Value!;
        var empty = await admin.GetAsync(provider);
        empty.Text.ShouldContain("Hosts with rules of their own");
        empty.Text.ShouldContain("None: every host is open to everyone whom the application lets in.");
        empty.Html.ShouldContain($"href=\"{New}?provider={Key(provider)}\"");
        var form = await admin.GetAsync($"{New}?provider={Key(provider)}");
        form.Html.ShouldContain($"<option value=\"{Key(provider)}\" selected>lab</option>");
        form.Html.ShouldContain($"href=\"{provider}#hosts\"");

        var made = await admin.SaveAsync(New, ("provider", Key(provider)), ("host", "Photos.lab.example"), ("skip_path_regex", "^/share/"), ("policy_engine_mode", "any"));
        var page = made.Location!;
        var bound = await admin.SaveAsync(page + "bindings/new/", ("group", family.Pk.ToString()), ("user", ""), ("order", "0"), ("enabled", "true"));

        page.ShouldStartWith("/if/admin/providers/hosts/");
        bound.Location.ShouldBe(page);
        var seen = await admin.GetAsync(page);
        seen.Text.ShouldContain("photos.lab.example");
        seen.Text.ShouldContain("Group family");
        seen.Text.ShouldContain("^/share/");
        seen.Html.ShouldContain($"href=\"{provider}#hosts\"");
        var list = await admin.GetAsync(provider);
        list.Html.ShouldContain($"href=\"{page}\"");
        list.Text.ShouldContain("Group family");
        list.Text.ShouldNotContain("None: every host");
    }

    [Fact]
    public async Task A_mistake_is_told_beside_its_field_and_leaves_the_rest()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var provider = await AddProviderAsync(site, admin, "forward_domain");

        var refused = await admin.SaveAsync(New, ("provider", Key(provider)), ("host", "https://photos.lab.example/"), ("open", "true"), ("skip_path_regex", "^/share/"), ("policy_engine_mode", "all"));

        refused.Status.ShouldBe(422);
        refused.Text.ShouldContain("without scheme, port and path");
        refused.Text.ShouldContain("^/share/");
        refused.Html.ShouldContain($"<option value=\"{Key(provider)}\" selected>lab</option>");
        refused.Html.ShouldContain($"href=\"{provider}#hosts\"");
    }

    [Fact]
    public async Task The_last_binding_of_a_host_goes_only_when_the_person_knows_what_that_means()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var provider = await AddProviderAsync(site, admin, "forward_domain");
        var family = (await FlowSite.CreateAsync(site.Services.GetRequiredService<Groups>(), """{"name":"family"}""")).Value!;
        var page = (await admin.SaveAsync(New, ("provider", Key(provider)), ("host", "*.media.lab.example"), ("policy_engine_mode", "any"))).Location!;
        await admin.SaveAsync(page + "bindings/new/", ("group", family.Pk.ToString()), ("user", ""), ("order", "0"), ("enabled", "true"));
        var html = (await admin.GetAsync(page)).Html;
        var binding = html[html.IndexOf(page + "bindings/", StringComparison.Ordinal)..].Split('"')[0];

        var question = await admin.GetAsync(binding + "delete/");

        question.Text.ShouldContain("Without it, “*.media.lab.example” is open to everyone whom the application lets in.");
        (await admin.PostAsync(binding + "delete/?warned=true", AdminForms.Values(question))).Location.ShouldBe(page);
        (await admin.GetAsync(page)).Text.ShouldContain("everyone whom the application lets in may open it");
        (await admin.SaveAsync(page + "delete/", page + "delete/")).Location.ShouldBe(provider + "#hosts");
        (await admin.GetAsync(page)).Status.ShouldBe(404);
        (await admin.GetAsync(page + "bindings/new/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Other_providers_have_no_such_section()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        (await admin.GetAsync(await AddProviderAsync(site, admin, "forward_single"))).Text.ShouldNotContain("Hosts with rules of their own");
    }

    private static string Key(string path) => path.Split('/')[^2];

    private static async Task<string> AddProviderAsync(FlowSite site, FlowBrowser admin, string mode)
    {
        var flows = await Task.WhenAll(
            site.ApiAsync("GET", "flows/instances/default-provider-authorization-implicit-consent/"), site.ApiAsync("GET", "flows/instances/default-provider-invalidation-flow/"));
        var made = await admin.SaveAsync("/if/admin/providers/proxy/new/",
            ("name", "lab"), ("authorization_flow", flows[0].Json.GetProperty("pk").GetString()!), ("invalidation_flow", flows[1].Json.GetProperty("pk").GetString()!),
            ("mode", mode), ("external_host", "https://auth.lab.example"), ("cookie_domain", "lab.example"), ("access_token_validity", "hours=1"));
        made.Status.ShouldBe(303, made.Text);
        return made.Location!;
    }
}
