using Hearthkey.Catalog;
using Hearthkey.Catalog.Files;
using Hearthkey.Outpost;
using Hearthkey.Tests.Architecture;

namespace Hearthkey.Tests.Catalog;

/// <summary>What the files of the catalog promise: every one can be read, and opens what it says and nothing beside it.</summary>
public sealed class PathPresetsTests
{
    private static readonly PathPresets _presets = new();

    /// <summary>Slug, a path that native apps or webhooks ask for, and one that has to stay closed.</summary>
    public static TheoryData<string, string, string> Paths => new()
    {
        { "bazarr", "/api/system/status", "/apiary" },
        { "forgejo", "/mara/notes.git/info/refs", "/mara/notes" },
        { "freshrss", "/api/greader.php/reader/api/0/tag/list", "/i/" },
        { "gitea", "/mara/notes.git/info/lfs/objects/batch", "/admin" },
        { "home-assistant", "/api/webhook/0a1b2c", "/api/states" },
        { "immich", "/api/assets", "/share/x" },
        { "miniflux", "/v1/entries", "/settings" },
        { "navidrome", "/rest/ping.view", "/app/" },
        { "nextcloud", "/remote.php/dav/files/mara/", "/settings/admin" },
        { "paperless-ngx", "/api/documents/", "/admin/" },
        { "prowlarr", "/3/api", "/3/download" },
        { "qbittorrent", "/api/v2/torrents/info", "/" },
        { "radarr", "/api/v3/movie", "/initialize.json" },
        { "sabnzbd", "/sabnzbd/api", "/sabnzbd/config/" },
        { "sonarr", "/api/v3/series", "/initialize.json" },
        { "uptime-kuma", "/api/push/a1b2", "/dashboard" },
        { "vaultwarden", "/identity/connect/token", "/admin" },
    };

    [Fact]
    public void Every_file_of_the_catalog_can_be_read_and_is_part_of_the_binary()
    {
        var files = Checkout.Files.Where(file => file.StartsWith("catalog/", StringComparison.Ordinal) && file.EndsWith(".yaml", StringComparison.Ordinal)).ToList();

        foreach (var file in files)
        {
            using var reader = new StringReader(Checkout.Text(file));
            PresetFile.Read(Path.GetFileNameWithoutExtension(file), reader).ShouldNotBeNull($"{file}: see catalog/README.md for what a file has to hold");
            Checkout.Text(file).ShouldContain("sources:", customMessage: file);
        }
        _presets.All.Select(preset => $"catalog/{preset.Slug}.yaml").Order(StringComparer.Ordinal).ShouldBe(files);
        _presets.All.Select(preset => preset.Name).ShouldBeUnique();
        var guide = Checkout.Text("docs/guide/paths.md");
        _presets.All.ShouldAllBe(preset => guide.Contains(preset.Name));
        _presets.All.ShouldAllBe(preset => preset.Guard.EndsWith('.') && preset.Paths.Distinct().Count() == preset.Paths.Count);
        Paths.Select(row => row.Data.Item1).ShouldBe(_presets.All.Select(preset => preset.Slug).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_preset_opens_what_apps_need_and_nothing_beside_it(string slug, string open, string closed)
    {
        var preset = _presets.Find(slug).ShouldNotBeNull();
        const string origin = "https://app.home.example";

        var rules = SkipRules.Parse(string.Join('\n', preset.Paths));
        rules.Broken.ShouldBeEmpty();
        rules.Unanchored.ShouldBeEmpty();
        var whole = SkipRules.Parse(string.Join('\n', preset.Below(origin)));
        var limits = RequestLimits.Of([], preset.Paths);

        foreach (var path in (string[])[open, closed, "/", "/x" + open])
        {
            rules.Matches(path).ShouldBe(path == open, path);
            limits.Allow("GET", path).ShouldBe(path == open, path);
            whole.Matches(origin + path).ShouldBe(path == open, path);
            whole.Matches("https://appxhome.example" + path).ShouldBeFalse();
            whole.Matches("https://app.home.example.evil.example" + path).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("slug: x\nname: X\nforward_auth:\n  unauthenticated_paths: [^/a$]\n  unauthenticated_guard: It asks.\n", true)]
    [InlineData("slug: y\nname: X\nforward_auth:\n  unauthenticated_paths: [^/a$]\n  unauthenticated_guard: It asks.\n", false)]
    [InlineData("slug: x\nforward_auth:\n  unauthenticated_paths: [^/a$]\n  unauthenticated_guard: It asks.\n", false)]
    [InlineData("slug: x\nname: X\nforward_auth:\n  unauthenticated_paths: [^/a$]\n", false)]
    [InlineData("slug: x\nname: X\nforward_auth:\n  unauthenticated_paths: []\n  unauthenticated_guard: It asks.\n", false)]
    [InlineData("slug: x\nname: X\nforward_auth:\n  unauthenticated_paths: [/a$]\n  unauthenticated_guard: It asks.\n", false)]
    [InlineData("slug: x\nname: X\nforward_auth:\n  unauthenticated_paths: [^/a]\n  unauthenticated_guard: It asks.\n", false)]
    [InlineData("slug: x\nname: X\nforward_auth:\n  unauthenticated_paths: [^/a|/b$]\n  unauthenticated_guard: It asks.\n", false)]
    [InlineData("slug: x\nname: X\nforward_auth:\n  unauthenticated_paths: ['^/(?=a)$']\n  unauthenticated_guard: It asks.\n", false)]
    [InlineData("slug: x\nname: X\nforward_auth: none\n", false)]
    [InlineData("slug: [x\n", false)]
    [InlineData("- x\n", false)]
    [InlineData("", false)]
    public void A_file_that_cannot_be_relied_on_is_left_out(string text, bool isRead)
    {
        using var reader = new StringReader(text);

        (PresetFile.Read("x", reader) is not null).ShouldBe(isRead);
    }
}
