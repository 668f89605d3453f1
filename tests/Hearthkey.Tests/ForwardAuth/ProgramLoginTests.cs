using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>The event log tells that programs log in by header, without being flooded.</summary>
public sealed class ProgramLoginTests
{
    private const string Page = "http://wiki.home.test/";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task An_app_password_is_told_of_once_an_hour_for_each_application(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        await site.ProtectAsync();
        await site.ProtectAsync("photos", "http://photos.home.test");
        var header = Basic("mara", await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("mara")));

        for (var i = 0; i < 3; i++)
        {
            await OpenAsync(site, Page, header);
            await WaitAsync(site, minutes: 10);
        }
        var told = await TakeAsync(site, 1);

        told[0]["auth_method"]!.GetValue<string>().ShouldBe("app_password");
        told[0]["auth_method_args"]!["token"]!["name"]!.GetValue<string>().ShouldBe("phone");
        told[0]["application"]!["name"]!.GetValue<string>().ShouldBe("The wiki");
        told[0]["message"]!.GetValue<string>().ShouldBe("A program opened The wiki with the app password phone.");
        (await site.Server.Store.ReadAsync(db => db.ListAsync($"select username, client_ip from event where action = 'login'", r => (r.Text(), r.Text())), ProviderSite.Ct))
            .ShouldBe([("mara", "127.0.0.1")]);

        await OpenAsync(site, "http://photos.home.test/", header);
        await TakeAsync(site, 2);
        await WaitAsync(site, minutes: 80);
        await OpenAsync(site, Page, header);
        await TakeAsync(site, 3);
    }

    [Fact]
    public async Task A_token_is_told_of_by_its_authorization()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var key = await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("mara"));

        foreach (var _ in Enumerable.Range(0, 3))
            (await site.StatusAsync(Page, "Authorization: Bearer " + await TokenAsync(site, app.ClientId, key))).ShouldBe(HttpStatusCode.OK);

        var told = await TakeAsync(site, 1);
        told[0]["auth_method"]!.GetValue<string>().ShouldBe("token");
        told[0].ToJsonString().ShouldNotContain(key);
    }

    [Fact]
    public async Task Nobody_is_told_of_whose_header_opens_nothing()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var mara = await site.Server.AddUserAsync("mara");
        var key = await site.Server.AddAppPasswordAsync(mara);
        await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = app.PbmUuid, ["user"] = mara, ["negate"] = true, ["order"] = 0 });

        (await site.StatusAsync(Page, Basic("mara", "wrong"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync(Page, Basic("mara", key))).ShouldBe(HttpStatusCode.Unauthorized);

        await TakeAsync(site, 0);
    }

    /// <summary>Lets time pass so slowly that the server stays in touch with its database.</summary>
    private static async Task WaitAsync(ForwardAuthSite site, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            site.Server.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20, ProviderSite.Ct);
        }
    }

    /// <summary>A check that passes, once the server knows again that it is in touch.</summary>
    private static async Task OpenAsync(ForwardAuthSite site, string url, string header)
    {
        var status = HttpStatusCode.ServiceUnavailable;
        for (var i = 0; i < 200 && status == HttpStatusCode.ServiceUnavailable; i++)
        {
            if (i > 0) await Task.Delay(20, ProviderSite.Ct);
            status = await site.StatusAsync(url, header);
            if (status == HttpStatusCode.ServiceUnavailable) site.Server.Time.Advance(TimeSpan.FromSeconds(1));
        }
        status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Waits until that many were written, and a little longer for one too many.</summary>
    private static async Task<List<JsonNode>> TakeAsync(ForwardAuthSite site, int count)
    {
        List<JsonNode> told = [];
        for (int i = 0, after = 0; i < 200 && after < 3; i++)
        {
            site.Server.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(20, ProviderSite.Ct);
            told = await site.Server.EventsAsync("login");
            if (told.Count >= count) after++;
        }
        told.Count.ShouldBe(count);
        return told;
    }

    private static async Task<string> TokenAsync(ForwardAuthSite site, string clientId, string key)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["username"] = "mara", ["password"] = key, ["scope"] = "openid" };
        using var answer = await site.Server.SendAsync(HttpMethod.Post, "/application/o/token/", new FormUrlEncodedContent(form));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ProviderSite.Ct))!["access_token"]!.GetValue<string>();
    }

    private static string Basic(string name, string password) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));
}
