using System.Net;
using System.Text.RegularExpressions;
using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Admin;

/// <summary>"Add its paths" gives a form back with more lines, in a browser without JavaScript, and stores nothing.</summary>
public sealed class PresetFieldTests
{
    private const string Provider = "/if/admin/providers/proxy/new/", Tokens = "/if/admin/tokens/new/";

    [Fact]
    public async Task The_paths_of_an_application_are_added_to_what_was_typed_and_stored_with_the_form_alone()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        (await admin.GetAsync(Provider)).Html.ShouldContain("<option value=\"sonarr\">Sonarr</option>");

        var back = await admin.SaveAsync(Provider, Typed(("op", "add-preset"), ("preset", "freshrss"), ("skip_path_regex", "^/health$\r\n")));

        back.Status.ShouldBe(422);
        Lines(back, "skip_path_regex").ShouldBe(["^/health$", @"^/api/(greader|fever)\.php(/.*)?$"]);
        back.Text.ShouldContain("The paths of FreshRSS were added");
        back.Text.ShouldContain("no login is asked for there. FreshRSS asks for the API password");
        back.Html.ShouldContain("<option value=\"freshrss\" selected>");
        // what else was typed, right or wrong, is still there
        back.Html.ShouldContain("name=\"name\" type=\"text\" value=\"reader\"");
        back.Html.ShouldContain("value=\"not an address\"");
        back.Html.ShouldContain("value=\"proxy\" checked");
        back.Html.ShouldNotContain("class=\"err\"");
        (await site.ApiAsync("GET", "providers/proxy/")).Json.GetProperty("pagination").GetProperty("count").GetInt64().ShouldBe(0);

        var again = await admin.SaveAsync(Provider, Typed(("op", "add-preset"), ("preset", "freshrss"), ("skip_path_regex", string.Join('\n', Lines(back, "skip_path_regex")))));
        Lines(again, "skip_path_regex").Count.ShouldBe(2);
        again.Text.ShouldContain("The paths of FreshRSS are all there already");
    }

    [Fact]
    public async Task Saving_with_an_application_chosen_adds_nothing()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var back = await admin.SaveAsync(Provider, Typed(("preset", "freshrss"), ("skip_path_regex", "^/health$")));

        back.Status.ShouldBe(422);
        Lines(back, "skip_path_regex").ShouldBe(["^/health$"]);
        back.Html.ShouldContain("<option value=\"freshrss\" selected>");
    }

    [Theory]
    [InlineData("sonarr.lab.example", "https://auth.lab.example", @"^https://sonarr\.lab\.example/api(/.*)?$", null)]
    [InlineData("https://Sonarr.lab.example:443/", "https://auth.lab.example", @"^https://sonarr\.lab\.example/api(/.*)?$", null)]
    [InlineData("sonarr.lab.example:8443", "https://auth.lab.example", @"^https://sonarr\.lab\.example:8443/api(/.*)?$", null)]
    [InlineData("sonarr.lab.example", "http://auth.lab.example", @"^http://sonarr\.lab\.example/api(/.*)?$", null)]
    [InlineData("", "https://auth.lab.example", null, "enter the host name of this application")]
    [InlineData("so narr", "https://auth.lab.example", null, "enter the host name of this application")]
    [InlineData("sonarr.other.example", "https://auth.lab.example", null, "sonarr.other.example is not below the cookie domain lab.example")]
    public async Task At_domain_level_the_lines_carry_the_host_of_the_application(string host, string external, string? line, string? problem)
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var back = await admin.SaveAsync(Provider, Typed(
            ("op", "add-preset"), ("preset", "sonarr"), ("preset_host", host), ("mode", "forward_domain"), ("external_host", external), ("cookie_domain", "lab.example")));

        Lines(back, "skip_path_regex").ShouldBe(line is null ? [] : [line]);
        if (problem is not null) back.Text.ShouldContain(problem);
        else back.Html.ShouldNotContain("class=\"err\"");
    }

    [Fact]
    public async Task Without_an_application_nothing_is_added_and_the_field_says_what_to_do()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var back = await admin.SaveAsync(Provider, Typed(("op", "add-preset"), ("skip_path_regex", "^/health$")));

        Lines(back, "skip_path_regex").ShouldBe(["^/health$"]);
        back.Text.ShouldContain("Choose the application whose paths are to be added.");
    }

    [Fact]
    public async Task An_app_password_gets_them_as_its_limit()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        (string, string)[] typed = [("identifier", "phone"), ("user", "1"), ("intent", "app_password"), ("description", "Phone"), ("limit_paths", "/x")];

        var back = await admin.SaveAsync(Tokens, [.. typed, ("op", "add-preset"), ("preset", "immich")]);
        Lines(back, "limit_paths").ShouldBe(["/x", "^/api(/.*)?$", @"^/\.well-known/immich$"]);
        back.Text.ShouldContain("the app password is good for these paths and no others");
        back.Html.ShouldNotContain("preset_host");
        typed[^1] = ("limit_paths", string.Join('\n', Lines(back, "limit_paths")));
        (await admin.SaveAsync(Tokens, typed)).Status.ShouldBe(303);

        var made = (await site.Services.GetRequiredService<Tokens>().GetAsync(FlowSite.Admin, "phone", ListRequest.First(), TestContext.Current.CancellationToken)).Value;
        made!.LimitPaths.ShouldBe(["/x", "^/api(/.*)?$", @"^/\.well-known/immich$"]);
    }

    private static (string, string)[] Typed(params (string Name, string Value)[] others)
    {
        var fields = new Dictionary<string, string> { ["name"] = "reader", ["mode"] = "proxy", ["external_host"] = "not an address", ["identity_headers"] = "authentik" };
        foreach (var (name, value) in others) fields[name] = value;
        return [.. fields.Select(field => (field.Key, field.Value))];
    }

    private static List<string> Lines(FlowPageSeen page, string field) =>
        [.. WebUtility.HtmlDecode(Regex.Match(page.Html, $"<textarea [^>]*name=\"{field}\"[^>]*>([^<]*)</textarea>").Groups[1].Value).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
