using System.Net;
using System.Net.Sockets;
using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Admin;

public sealed class SystemPagesTests
{
    private const string Settings = "/if/admin/settings/";

    [Fact]
    public async Task Settings_are_changed_and_their_mistakes_come_back()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        (string, string)[] fields =
            [("event_retention", "days=30"), ("default_token_duration", "days=90"), ("default_token_length", "60"), ("pagination_default_page_size", "20"), ("pagination_max_page_size", "100")];

        var wrong = await admin.SaveAsync(Settings, [("base_url", "auth"), .. fields]);
        var right = await admin.SaveAsync(Settings, [("base_url", site.Address.ToString()), .. fields]);

        wrong.Status.ShouldBe(422);
        wrong.Html.ShouldContain("id=\"e-base_url\"");
        right.Location.ShouldBe(Settings, right.Text);
        (await admin.GetAsync(Settings)).Html.ShouldContain("value=\"days=30\"");
    }

    [Fact]
    public async Task A_base_url_from_the_environment_is_shown_locked()
    {
        var address = $"127.0.0.1:{FreePort()}";
        await using var site = await FlowSite.StartAsync(settings: [("HEARTHKEY_WEB__BASE_URL", "http://" + address), ("HEARTHKEY_LISTEN__HTTP", address)]);
        using var admin = await site.SignedInAsync();

        var page = await admin.GetAsync(Settings);

        page.Html.ShouldMatch($"name=\"base_url\"[^>]* value=\"http://{address}\"[^>]* readonly");
        page.Text.ShouldContain("Set by the environment (WEB__BASE_URL)");
    }

    [Fact]
    public async Task A_certificate_is_generated_renamed_and_deleted()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var wrong = await admin.SaveAsync("/if/admin/certificates/generate/", ("common_name", ""), ("validity_days", "soon"), ("alg", "rsa"));
        var made = await admin.SaveAsync("/if/admin/certificates/generate/", ("common_name", "lab"), ("validity_days", "30"), ("alg", "ecdsa"));

        wrong.Status.ShouldBe(422);
        wrong.Html.ShouldContain("id=\"e-validity_days\"");
        made.Status.ShouldBe(303, made.Text);
        (await admin.GetAsync(made.Location!)).Text.ShouldContain("CN=lab");
        (await admin.SaveAsync(made.Location!, ("name", "lab-two"))).Location.ShouldBe("/if/admin/certificates/");
        (await admin.SaveAsync(made.Location + "delete/")).Location.ShouldBe("/if/admin/certificates/");
        (await admin.GetAsync("/if/admin/certificates/")).Text.ShouldContain("lab-two was deleted.");
    }

    [Fact]
    public async Task Events_read_as_sentences_with_names_and_links()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var group = (await admin.SaveAsync("/if/admin/groups/new/", ("name", "family"))).Location!;

        var list = await admin.GetAsync("/if/admin/events/?action=model_created&search=family");
        var path = list.Html[list.Html.IndexOf("<a class=\"name\" href=\"", StringComparison.Ordinal)..].Split('"')[3];
        var page = await admin.GetAsync(path);

        list.Text.ShouldContain("Group family");
        list.Text.ShouldContain("akadmin");
        page.Html.ShouldContain($"<a class=\"link\" href=\"{group}\">Group family</a>");
        page.Html.ShouldContain("<a class=\"link\" href=\"/if/admin/users/");
        page.Text.ShouldNotContain(group.Split('/')[^2]);
    }

    [Fact]
    public async Task A_wrong_redirect_uri_is_shown_beside_the_registered_one_with_the_difference_marked()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var flows = await Task.WhenAll(
            site.ApiAsync("GET", "flows/instances/default-provider-authorization-implicit-consent/"), site.ApiAsync("GET", "flows/instances/default-provider-invalidation-flow/"));
        var (status, provider) = await site.ApiAsync("POST", "providers/oauth2/", $$"""
            {"name":"grafana","client_id":"grafana","redirect_uris":[{"matching_mode":"strict","url":"https://grafana.lab.example/cb/"}],
            "authorization_flow":"{{flows[0].Json.GetProperty("pk").GetString()}}","invalidation_flow":"{{flows[1].Json.GetProperty("pk").GetString()}}"}
            """);
        status.ShouldBe(201);
        await site.ApiAsync("POST", "core/applications/", $$"""{"name":"Grafana","slug":"grafana","provider":{{provider.GetProperty("pk").GetInt64()}}}""");

        (await admin.GetAsync("/application/o/authorize/?client_id=grafana&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fgrafana.lab.example%2Fca")).Status.ShouldBe(400);
        var list = await admin.GetAsync("/if/admin/events/?action=configuration_error");
        var page = await admin.GetAsync(list.Html[list.Html.IndexOf("<a class=\"name\" href=\"", StringComparison.Ordinal)..].Split('"')[3]);

        page.Html.ShouldContain("https://grafana.lab.example/c<mark>a</mark>");
        page.Html.ShouldContain("https://grafana.lab.example/c<mark>b</mark>/");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
