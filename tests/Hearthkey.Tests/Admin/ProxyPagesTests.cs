using Hearthkey.Brands;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Admin;

public sealed class ProxyPagesTests
{
    private const string New = "/if/admin/providers/proxy/new/";

    [Fact]
    public async Task The_form_has_the_labels_of_guides_and_a_suggested_cookie_domain()
    {
        await using var site = await StartAsync();
        using var admin = await site.SignedInAsync();

        var choice = await admin.GetAsync("/if/admin/providers/new/");
        var form = await admin.GetAsync(New);

        choice.Html.ShouldContain("<strong>Proxy Provider</strong>");
        foreach (var label in (string[])
            ["Forward auth (single application)", "Forward auth (domain level)", "Proxy", "External host", "Internal host", "Check the application's certificate", "Cookie domain", "Unauthenticated Paths", "Authorization flow"])
            form.Text.ShouldContain(label);
        form.Html.ShouldContain("value=\"proxy\"");
        form.Html.ShouldContain("<div class=\"only-proxy\">");
        form.Html.ShouldContain("name=\"cookie_domain\" type=\"text\" value=\"lab.example\"");
    }

    [Fact]
    public async Task Its_page_shows_the_text_for_nginx_the_waiting_line_and_the_findings()
    {
        await using var site = await StartAsync();
        using var admin = await site.SignedInAsync();
        var path = await AddAsync(site, admin);

        var page = await admin.GetAsync(path);

        page.Text.ShouldContain("# Hearthkey protects forward-auth-lab at https://app.lab.example");
        page.Html.ShouldContain("data-copy=\"c-nginx\"");
        page.Text.ShouldContain(ProxyTexts.ShortNote);
        page.Html.ShouldContain($"hx-get=\"{path}live/\"");
        page.Text.ShouldContain("In no outpost");
        page.Text.ShouldContain("An unauthenticated path matches anywhere in the path");
    }

    [Theory]
    [InlineData("Traefik", "traefik-compose", "forwardauth.address: \"http://127.0.0.1:")]
    [InlineData("Traefik", "traefik-crd", "kind: IngressRoute")]
    [InlineData("Caddy", "caddy", "uri /outpost.goauthentik.io/auth/caddy")]
    [InlineData("HAProxy", "haproxy-file", "core.register_action")]
    [InlineData("Envoy", "envoy", "path_prefix: /outpost.goauthentik.io/auth/envoy")]
    [InlineData("Apache", "apache", "LuaHookAccessChecker")]
    [InlineData("ingress-nginx", "ingress-nginx", "auth-url: \"http://127.0.0.1:")]
    [InlineData("nobody's", "nginx", "auth_request /outpost.goauthentik.io/auth/nginx;")]
    public async Task Its_page_has_a_text_for_every_proxy(string proxy, string block, string words)
    {
        await using var site = await StartAsync();
        using var admin = await site.SignedInAsync();
        var path = await AddAsync(site, admin);

        var page = await admin.GetAsync($"{path}?proxy={Uri.EscapeDataString(proxy)}");

        page.Html.ShouldContain($"data-copy=\"c-{block}\"");
        page.Text.ShouldContain(words);
        page.Text.ShouldNotContain("{{");
    }

    [Fact]
    public async Task The_waiting_line_turns_green_with_the_first_request_that_is_understood()
    {
        await using var site = await StartAsync();
        using var admin = await site.SignedInAsync();
        var path = await AddAsync(site, admin);
        await admin.SaveAsync("/if/admin/applications/new/", ("name", "Lab"), ("slug", "lab"), ("provider", Key(path)), ("policy_engine_mode", "any"));
        var outposts = await admin.GetAsync("/if/admin/outposts/");
        var outpost = outposts.Html[outposts.Html.IndexOf("<a class=\"name\" href=\"", StringComparison.Ordinal)..].Split('"')[3];
        (await admin.SaveAsync(outpost, ("name", "authentik Embedded Outpost"), ("providers", Key(path)))).Location.ShouldBe("/if/admin/outposts/");

        (await LiveAsync(admin, path)).Text.ShouldContain("Waiting for the first request");
        using var nginx = site.Browse();
        (await nginx.GetAsync("/outpost.goauthentik.io/auth/nginx", site: null, ("X-Original-URL", "https://app.lab.example/"))).Status.ShouldBe(401);

        var live = await LiveAsync(admin, path);
        live.Html.TrimStart().ShouldStartWith("<div class=\"live good\" id=\"live\"");
        live.Html.ShouldNotContain("hx-trigger");
        live.Text.ShouldContain("asked in the way of nginx");
        (await admin.GetAsync(path + "live/")).Location.ShouldBe(path + "#live");
    }

    [Fact]
    public async Task An_outpost_lists_applications_by_name_and_keeps_those_that_are_ticked()
    {
        await using var site = await StartAsync();
        using var admin = await site.SignedInAsync();
        var path = await AddAsync(site, admin);
        await admin.SaveAsync("/if/admin/applications/new/", ("name", "Lab"), ("slug", "lab"), ("provider", Key(path)), ("policy_engine_mode", "any"));
        var outpost = (await site.Services.GetRequiredService<OutpostInstances>().ListAsync(FlowSite.Admin, ListRequest.First(), TestContext.Current.CancellationToken)).Value!.Results[0];

        (await admin.GetAsync($"/if/admin/outposts/{outpost.Pk}/")).Text.ShouldContain("Lab (forward-auth-lab)");
        await admin.SaveAsync($"/if/admin/outposts/{outpost.Pk}/", ("name", outpost.Name), ("providers", Key(path)));

        (await admin.GetAsync("/if/admin/outposts/")).Text.ShouldContain("Lab");
        (await admin.GetAsync(path)).Text.ShouldContain(outpost.Name);
    }

    /// <summary>A server that knows itself by a name, and is reached by its address, too.</summary>
    private static async Task<FlowSite> StartAsync()
    {
        var site = await FlowSite.StartAsync();
        (await site.ApiAsync("POST", "core/brands/", """{"domain":"127.0.0.1"}""")).Status.ShouldBe(201);
        await site.Store.WriteAsync(async db =>
        {
            await InstanceSettings.SaveAsync(db, new InstanceSettings { BaseUrl = $"http://auth.lab.example:{site.Address.Port}" });
            return true;
        }, TestContext.Current.CancellationToken);
        return site;
    }

    private static Task<FlowPageSeen> LiveAsync(FlowBrowser admin, string path) =>
        admin.GetAsync(path + "live/", headers: [("HX-Request", "true"), ("HX-Target", "div#live")]);

    private static string Key(string path) => path.Split('/')[^2];

    private static async Task<string> AddAsync(FlowSite site, FlowBrowser admin)
    {
        var flows = await Task.WhenAll(
            site.ApiAsync("GET", "flows/instances/default-provider-authorization-implicit-consent/"), site.ApiAsync("GET", "flows/instances/default-provider-invalidation-flow/"));
        var made = await admin.SaveAsync(New,
            ("name", "forward-auth-lab"), ("authorization_flow", flows[0].Json.GetProperty("pk").GetString()!), ("invalidation_flow", flows[1].Json.GetProperty("pk").GetString()!),
            ("mode", "forward_single"), ("external_host", "https://app.lab.example"), ("cookie_domain", "lab.example"), ("skip_path_regex", "webhook"), ("access_token_validity", "hours=1"));
        made.Status.ShouldBe(303, made.Text);
        return made.Location!;
    }
}
