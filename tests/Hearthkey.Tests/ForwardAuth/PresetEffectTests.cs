using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Catalog;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>Presets of paths decide requests as they say: through the gate.</summary>
public sealed class PresetEffectTests
{
    private static readonly PathPresets _presets = new();

    [Fact]
    public async Task What_a_preset_opens_passes_without_a_login_and_what_is_beside_it_does_not()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync(change: body => body["skip_path_regex"] = Lines(_presets.Find("sonarr")!.Paths));

        using var passed = await site.CheckAsync("http://wiki.home.test/api/v3/series?apikey=x");

        passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        passed.Headers.GetValues("X-authentik-username").Single().ShouldBeEmpty();
        foreach (var path in (string[])["/", "/apiary", "/x/api/v3/series", "/initialize.json", "/api/../settings", "//api"])
            (await site.StatusAsync("http://wiki.home.test" + path)).ShouldBe(HttpStatusCode.Unauthorized, path);
    }

    [Fact]
    public async Task At_domain_level_it_opens_them_at_one_host_alone()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync("house", "http://auth.home.test", body =>
        {
            body["mode"] = "forward_domain";
            body["cookie_domain"] = "home.test";
            body["skip_path_regex"] = Lines(_presets.Find("sonarr")!.Below("http://sonarr.home.test"));
        });

        (await site.StatusAsync("http://sonarr.home.test/api/v3/series")).ShouldBe(HttpStatusCode.OK);
        (await site.StatusAsync("http://sonarr.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://sonarr.home.test/?x=http://sonarr.home.test/api/")).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://wiki.home.test/api/v3/series")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_app_password_that_is_limited_to_one_opens_them_and_no_page()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var key = await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("mara"));
        await site.Server.PatchAsync("core/tokens/phone/", new JsonObject { ["limit_paths"] = new JsonArray([.. _presets.Find("immich")!.Paths.Select(path => (JsonNode)path)]) });
        var header = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("mara:" + key));

        (await site.StatusAsync("http://wiki.home.test/api/assets", header)).ShouldBe(HttpStatusCode.OK);
        (await site.StatusAsync("http://wiki.home.test/.well-known/immich", header)).ShouldBe(HttpStatusCode.OK);
        (await site.StatusAsync("http://wiki.home.test/", header)).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://wiki.home.test/photos", header)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static string Lines(IEnumerable<string> paths) => string.Join('\n', paths);
}
