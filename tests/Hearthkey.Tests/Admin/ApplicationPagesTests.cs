using Hearthkey.Directory;
using Hearthkey.OidcProvider;
using Hearthkey.Resources;
using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Admin;

public sealed class ApplicationPagesTests
{
    private const string NewApplication = "/if/admin/applications/new/";
    private const string NewOAuth2 = "/if/admin/providers/oauth2/new/";

    [Fact]
    public async Task The_choice_of_a_provider_has_the_names_that_guides_use()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var list = await admin.GetAsync("/if/admin/providers/");
        var choice = await admin.GetAsync("/if/admin/providers/new/");
        var form = await admin.GetAsync(NewOAuth2);

        list.Html.ShouldContain("href=\"/if/admin/providers/new/\"");
        choice.Html.ShouldContain("<strong>OAuth2/OpenID Provider</strong>");
        form.Text.ShouldContain("default-provider-authorization-implicit-consent");
        foreach (var label in (string[])
            ["Name", "Authorization flow", "Client type", "Client ID", "Client Secret", "Redirect URIs/Origins", "Signing Key", "Subject mode"])
            form.Text.ShouldContain(label);
    }

    [Fact]
    public async Task Rows_of_redirect_uris_are_added_and_removed_without_script()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var added = await admin.SaveAsync(NewOAuth2, ("name", "grafana"), ("redirect_mode", "strict"), ("redirect_url", "https://a.example/cb"), ("redirect_type", "authorization"), ("op", "add"));
        var removed = await admin.PostAsync(NewOAuth2, AdminForms.Values(
            added, ("name", "grafana"), ("redirect_mode", "strict"), ("redirect_url", "https://a.example/cb"), ("redirect_type", "authorization"), ("op", "remove:0")));

        added.Html.ShouldContain("value=\"https://a.example/cb\"");
        added.Html.ShouldContain("id=\"f-redirect-1\"");
        added.Html.ShouldContain("value=\"grafana\"");
        removed.Html.ShouldNotContain("https://a.example/cb");
    }

    [Fact]
    public async Task A_provider_with_its_application_shows_what_to_copy()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var provider = await AddProviderAsync(site, admin);

        var page = await admin.GetAsync(provider);
        page.Text.ShouldContain("It does nothing until an application uses it.");
        page.Html.ShouldContain("id=\"f-client-secret\" type=\"password\"");

        (await admin.SaveAsync(NewApplication, ("name", "Lab Dashboards"), ("slug", ""), ("provider", Key(provider)), ("policy_engine_mode", "any")))
            .Location.ShouldBe("/if/admin/applications/lab-dashboards/");
        page = await admin.GetAsync(provider);
        foreach (var url in (string[])["authorize/", "token/", "userinfo/", "lab-dashboards/.well-known/openid-configuration", "lab-dashboards/jwks/", "lab-dashboards/end-session/"])
            page.Html.ShouldContain($"/application/o/{url}\"");
    }

    [Fact]
    public async Task A_secret_is_in_no_form_and_on_the_page_only_after_a_recent_password()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var path = await AddProviderAsync(site, admin);
        var secret = (await FindAsync(site, path)).ClientSecret;

        (await admin.GetAsync(path + "edit/")).Html.ShouldNotContain(secret);
        (await site.EventsAsync("secret_view")).ShouldBeEmpty();
        (await admin.GetAsync(path)).Html.ShouldContain(secret);
        (await site.EventsAsync("secret_view")).ShouldHaveSingleItem().Context.ShouldContain("grafana-oidc");
        site.Time.Advance(TimeSpan.FromMinutes(16));
        (await admin.GetAsync(path)).Html.ShouldNotContain(secret);

        var question = await admin.GetAsync(path + "secret/");
        var values = question.Hidden();
        values["password_again"] = FlowSite.Password;
        (await admin.PostAsync(path + "secret/", values)).Location.ShouldBe(path + "#client");
        (await admin.GetAsync(path)).Html.ShouldContain(secret);
    }

    [Fact]
    public async Task Editing_keeps_a_secret_that_was_left_blank()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var path = await AddProviderAsync(site, admin);
        var before = await FindAsync(site, path);

        var saved = await admin.SaveAsync(path + "edit/", [.. Fields(before), ("client_secret", ""), ("access_token_validity", "minutes=5")]);

        saved.Status.ShouldBe(303, saved.Text);
        var after = await FindAsync(site, path);
        after.ClientSecret.ShouldBe(before.ClientSecret);
        after.AccessTokenValidity.ShouldBe("minutes=5");
        after.RedirectUris.ShouldBe(before.RedirectUris);
    }

    [Fact]
    public async Task The_last_binding_goes_only_when_the_person_knows_what_that_means()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var family = (await FlowSite.CreateAsync(site.Services.GetRequiredService<Groups>(), """{"name":"family"}""")).Value!;
        await admin.SaveAsync(NewApplication, ("name", "Wiki"), ("slug", "wiki"), ("provider", ""), ("policy_engine_mode", "any"));
        await admin.SaveAsync("/if/admin/applications/wiki/bindings/new/", ("group", family.Pk.ToString()), ("user", ""), ("order", "0"), ("enabled", "true"));
        var html = (await admin.GetAsync("/if/admin/applications/wiki/")).Html;
        var binding = html[html.IndexOf("/if/admin/applications/wiki/bindings/", StringComparison.Ordinal)..].Split('"')[0];
        (string, string)[] off = [("group", family.Pk.ToString()), ("user", ""), ("order", "0")];

        var asked = await admin.SaveAsync(binding, off);
        asked.Status.ShouldBe(422);
        asked.Text.ShouldContain("“Wiki” is open to everyone");
        (await admin.SaveAsync(binding, [.. off, ("open_to_everyone", "true")])).Status.ShouldBe(303);
        (await admin.GetAsync("/if/admin/applications/wiki/")).Text.ShouldContain("everyone who can sign in may open it");
        (await admin.SaveAsync(binding, [.. off, ("enabled", "true")])).Status.ShouldBe(303);

        var question = await admin.GetAsync(binding + "delete/");
        question.Text.ShouldContain("“Wiki” is open to everyone");
        (await admin.PostAsync(binding + "delete/", AdminForms.Values(question))).Text.ShouldContain("“Wiki” is open to everyone");
        (await admin.GetAsync(binding)).Status.ShouldBe(200);
        (await admin.PostAsync(binding + "delete/?warned=true", AdminForms.Values(question))).Location.ShouldBe("/if/admin/applications/wiki/");
    }

    [Fact]
    public async Task What_was_chosen_and_is_gone_is_told_without_its_key()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        await admin.SaveAsync(NewApplication, ("name", "Wiki"), ("slug", "wiki"), ("provider", ""), ("policy_engine_mode", "any"));
        const string gone = "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11";

        var page = await admin.SaveAsync("/if/admin/applications/wiki/bindings/new/", ("group", gone), ("user", ""), ("order", "0"), ("enabled", "true"));

        page.Status.ShouldBe(422);
        page.Text.ShouldContain("no longer there. Please choose again.");
        page.Text.ShouldNotContain(gone);
        page.Text.ShouldNotContain("pk");
    }

    [Fact]
    public async Task Bindings_decide_who_may_open_it_and_the_page_says_why()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var (mara, jo) = (await site.AddUserAsync("mara"), await site.AddUserAsync("jo"));
        var family = (await FlowSite.CreateAsync(site.Services.GetRequiredService<Groups>(), $$"""{"name":"family","users":[{{mara.Pk}}]}""")).Value!;
        await admin.SaveAsync(NewApplication, ("name", "Photos"), ("slug", "photos"), ("meta_launch_url", "https://photos.lab.example"), ("policy_engine_mode", "any"));
        const string page = "/if/admin/applications/photos/";
        (await admin.GetAsync(page)).Text.ShouldContain("everyone who can sign in may open it");

        var missing = await admin.SaveAsync(page + "bindings/new/", ("order", "0"), ("enabled", "true"));
        var made = await admin.SaveAsync(page + "bindings/new/", ("group", family.Pk.ToString()), ("order", "0"), ("enabled", "true"));

        missing.Status.ShouldBe(422);
        missing.Text.ShouldContain("Choose a group or a user.");
        made.Location.ShouldBe(page);
        var seen = await admin.GetAsync(page);
        seen.Text.ShouldContain("Policy / Group / User Bindings");
        seen.Text.ShouldContain("Group family");
        seen.Text.ShouldNotContain(family.Pk.ToString());
        (await admin.GetAsync($"{page}?user={mara.Pk}")).Text.ShouldContain("mara may open it");
        (await admin.GetAsync($"{page}?user={jo.Pk}")).Text.ShouldContain("jo may not open it");

        var binding = seen.Html[seen.Html.IndexOf(page + "bindings/", StringComparison.Ordinal)..].Split('"')[0];
        (await admin.SaveAsync(binding + "delete/", binding + "delete/?warned=true")).Location.ShouldBe(page);
        (await admin.GetAsync($"{page}?user={jo.Pk}")).Text.ShouldContain("jo may open it");
    }

    private static async Task<string> AddProviderAsync(FlowSite site, FlowBrowser admin)
    {
        var form = await admin.GetAsync(NewOAuth2);
        var flows = await Task.WhenAll(
            site.ApiAsync("GET", "flows/instances/default-provider-authorization-implicit-consent/"), site.ApiAsync("GET", "flows/instances/default-provider-invalidation-flow/"));
        var made = await admin.PostAsync(NewOAuth2, AdminForms.Values(
            form, ("name", "grafana-oidc"), ("client_type", "confidential"), ("client_id", ""), ("client_secret", ""), ("redirect_mode", "strict"),
            ("redirect_url", "https://grafana.lab.example/login/generic_oauth"), ("redirect_type", "authorization"),
            ("authorization_flow", flows[0].Json.GetProperty("pk").GetString()!), ("invalidation_flow", flows[1].Json.GetProperty("pk").GetString()!),
            ("sub_mode", "hashed_user_id"), ("issuer_mode", "per_provider"), ("access_code_validity", "minutes=1"), ("access_token_validity", "hours=1"),
            ("refresh_token_validity", "days=30")));
        made.Status.ShouldBe(303, made.Text);
        return made.Location!;
    }

    private static (string, string)[] Fields(OAuth2Provider p) =>
    [
        ("name", p.Name), ("client_type", p.ClientType), ("client_id", p.ClientId), ("redirect_mode", "strict"), ("redirect_url", p.RedirectUris[0].Url),
        ("redirect_type", "authorization"), ("authorization_flow", p.AuthorizationFlow.ToString()), ("invalidation_flow", p.InvalidationFlow.ToString()),
        ("sub_mode", p.SubMode), ("issuer_mode", p.IssuerMode), ("access_code_validity", p.AccessCodeValidity), ("refresh_token_validity", p.RefreshTokenValidity),
    ];

    private static string Key(string path) => path.Split('/')[^2];

    private static async Task<OAuth2Provider> FindAsync(FlowSite site, string path) =>
        (await site.Services.GetRequiredService<OAuth2Providers>().GetAsync(FlowSite.Admin, Key(path), ListRequest.First(), TestContext.Current.CancellationToken)).Value!;
}
