using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Connectors;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Connectors;

/// <summary>What is made for labels, and what labels cannot touch.</summary>
public sealed class DockerAppsTests
{
    private const string Wiki = "https://wiki.home.test";

    private static Caller Admin { get; } = new(ProviderSite.Admin, Guid.Empty, "akadmin", "", true, false, null);

    [Fact]
    public async Task A_container_that_is_found_is_protected_with_one_click_for_its_groups_alone()
    {
        await using var lab = await Lab.StartAsync();
        var group = await lab.Site.AddGroupAsync("family");
        lab.Docker.Run("wiki-1", "hearthkey.host=wiki.home.test", "hearthkey.name=Wiki", "hearthkey.allow=Family", "hearthkey.skip=/health");

        (await lab.OneAsync()).State.ShouldBe(FoundState.Free);
        (await lab.Apps.ProtectAsync(Admin, Actor.Server, Wiki, ProviderSite.Ct)).Value!.State.ShouldBe(FoundState.Ours);

        (await lab.OneAsync()).State.ShouldBe(FoundState.Ours);
        var application = await lab.Site.GetAsync("core/applications/wiki/");
        application["name"]!.GetValue<string>().ShouldBe("Wiki");
        var provider = application["provider_obj"]!;
        provider["assigned_application_slug"]!.GetValue<string>().ShouldBe("wiki");
        (await lab.Site.GetAsync($"providers/proxy/{provider["pk"]}/"))["skip_path_regex"]!.GetValue<string>().ShouldBe("^/health$");
        (await lab.GroupsAsync(application)).ShouldBe([group]);
        lab.Hosts.Find(Wiki)!.IsServed.ShouldBeTrue();
        (await lab.Apps.ProtectAsync(Admin, Actor.Server, Wiki, ProviderSite.Ct)).Errors.ShouldNotBeNull();
    }

    [Fact]
    public async Task By_setting_only_those_that_ask_for_it_are_protected_by_themselves()
    {
        await using var lab = await Lab.StartAsync(protects: true);
        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test");
        lab.Docker.Run("files-1", "traefik.http.routers.f.rule=Host(`files.home.test`)");

        await lab.UntilAsync(() => lab.Hosts.Find(Wiki) is not null);

        lab.Hosts.Find("https://files.home.test").ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_made_by_itself()
    {
        await using var lab = await Lab.StartAsync();
        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test");

        await lab.PassAsync();

        lab.Hosts.Find(Wiki).ShouldBeNull();
    }

    [Fact]
    public async Task Labels_that_change_are_followed_and_a_group_that_goes_away_opens_nothing()
    {
        await using var lab = await Lab.StartAsync(protects: true);
        var (family, guests) = (await lab.Site.AddGroupAsync("family"), await lab.Site.AddGroupAsync("guests"));
        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test", "hearthkey.allow=family");
        await lab.UntilAsync(() => lab.Hosts.Find(Wiki) is not null);
        var application = await lab.Site.GetAsync("core/applications/wiki-1/");
        (await lab.GroupsAsync(application)).ShouldBe([family]);

        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test", "hearthkey.allow=guests", "hearthkey.name=Books", "hearthkey.skip=/health");
        await lab.UntilAsync(async () => (await lab.GroupsAsync(application)).SequenceEqual([guests]));
        (await lab.Site.GetAsync("core/applications/wiki-1/"))["name"]!.GetValue<string>().ShouldBe("Books");
        (await lab.Site.GetAsync($"providers/proxy/{application["provider"]}/"))["skip_path_regex"]!.GetValue<string>().ShouldBe("^/health$");

        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test", "hearthkey.name=Open?");
        await lab.UntilAsync(async () => (await lab.Site.GetAsync("core/applications/wiki-1/"))["name"]!.GetValue<string>() == "Open?");
        (await lab.GroupsAsync(application)).ShouldBe([guests]);
    }

    [Fact]
    public async Task What_a_person_made_is_left_alone_whatever_labels_say()
    {
        await using var lab = await Lab.StartAsync(protects: true);
        await lab.MakeAsync("by-hand", Wiki, "forward_single");
        await lab.MakeAsync("the-house", "https://auth.lab.test", "forward_domain", "lab.test");
        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test", "hearthkey.name=Mine", "hearthkey.skip=/*");
        lab.Docker.Run("deep-1", "hearthkey.enable=true", "hearthkey.host=deep.lab.test");

        await lab.PassAsync();

        (await lab.ListAsync()).ShouldAllBe(app => app.State == FoundState.Others);
        lab.Hosts.Find(Wiki)!.Name.ShouldBe("by-hand");
        (await lab.Site.GetAsync($"providers/proxy/{lab.Hosts.Find(Wiki)!.Pk}/"))["skip_path_regex"]!.GetValue<string>().ShouldBe("");
        lab.Hosts.Find("https://deep.lab.test")!.Name.ShouldBe("the-house");
        (await lab.Apps.ProtectAsync(Admin, Actor.Server, Wiki, ProviderSite.Ct)).Errors.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_logins_own_host_a_host_named_twice_and_an_unknown_group_are_refused()
    {
        await using var lab = await Lab.StartAsync(protects: true);
        lab.Docker.Run("evil-1", "hearthkey.enable=true", "hearthkey.host=http://id.test");
        lab.Docker.Run("wiki-1", "hearthkey.host=wiki.home.test");
        lab.Docker.Run("thief-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test");
        lab.Docker.Run("typo-1", "hearthkey.enable=true", "hearthkey.host=typo.home.test", "hearthkey.allow=famly");

        await lab.PassAsync();

        var apps = (await lab.ListAsync()).ToDictionary(a => a.Container);
        apps["evil-1"].State.ShouldBe(FoundState.Refused);
        apps["thief-1"].Sentence.ShouldContain("wiki-1");
        apps["typo-1"].Sentence.ShouldContain("famly");
        apps["wiki-1"].State.ShouldBe(FoundState.Free);
        lab.Hosts.Find("https://typo.home.test").ShouldBeNull();
        lab.Hosts.Find(Wiki).ShouldBeNull();
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_container_that_stops_leaves_its_app_in_place_marked(Dialect dialect)
    {
        await using var lab = await Lab.StartAsync(protects: true, dialect);
        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test");
        await lab.UntilAsync(() => lab.Hosts.Find(Wiki) is not null);

        lab.Docker.Stop("wiki-1");
        await lab.PassAsync();
        (await lab.OneAsync()).State.ShouldBe(FoundState.Gone);
        lab.Hosts.Find(Wiki)!.IsServed.ShouldBeTrue();
        lab.Docker.Run("wiki-1", "hearthkey.enable=true", "hearthkey.host=wiki.home.test");

        (await lab.OneAsync()).State.ShouldBe(FoundState.Ours);
    }

    [Theory]
    [InlineData("<html>", "does not speak like Docker")]
    [InlineData("{}", "does not speak like Docker")]
    public async Task A_socket_that_speaks_otherwise_is_told(string instead, string told)
    {
        await using var lab = await Lab.StartAsync();
        lab.Docker.Instead = instead;

        (await lab.Apps.ListAsync(ProviderSite.Ct)).Problem.ShouldNotBeNull().ShouldContain(told);
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_told_and_none_is_off()
    {
        await using var off = await ProviderSite.StartAsync();
        (await off.Services.GetRequiredService<DockerApps>().ListAsync(ProviderSite.Ct)).IsOn.ShouldBeFalse();
        await using var away = await ProviderSite.StartAsync(more: new() { ["HEARTHKEY_DOCKER__SOCKET"] = "/nonexistent/docker.sock" });

        (await away.Services.GetRequiredService<DockerApps>().ListAsync(ProviderSite.Ct)).Problem.ShouldNotBeNull().ShouldContain("/nonexistent/docker.sock");
    }

    private sealed class Lab(ProviderSite site, FakeDocker docker) : IAsyncDisposable
    {
        public ProviderSite Site => site;

        public FakeDocker Docker => docker;

        public DockerApps Apps => site.Services.GetRequiredService<DockerApps>();

        public ProtectedHosts Hosts => site.Services.GetRequiredService<ProtectedHosts>();

        public static async Task<Lab> StartAsync(bool protects = false, Dialect dialect = Dialect.Sqlite)
        {
            var docker = await FakeDocker.StartAsync();
            return new(await ProviderSite.StartAsync(
                dialect, more: new() { ["HEARTHKEY_DOCKER__SOCKET"] = docker.Socket, ["HEARTHKEY_DOCKER__PROTECT"] = protects ? "true" : "false" }), docker);
        }

        public async Task<IReadOnlyList<FoundApp>> ListAsync()
        {
            var list = await Apps.ListAsync(ProviderSite.Ct);
            list.Problem.ShouldBeNull();
            return list.Apps;
        }

        public async Task<FoundApp> OneAsync() => (await ListAsync()).ShouldHaveSingleItem();

        public async Task<IEnumerable<string>> GroupsAsync(JsonNode application) =>
            (await site.GetAsync($"policies/bindings/?target={application["pbm_uuid"]}"))["results"]!.AsArray().Select(b => b!["group"]!.GetValue<string>());

        public async Task MakeAsync(string name, string externalHost, string mode, string cookieDomain = "")
        {
            var provider = await site.CreateAsync("providers/proxy/", new JsonObject
            {
                ["name"] = name,
                ["authorization_flow"] = site.AuthorizationFlow,
                ["invalidation_flow"] = site.InvalidationFlow,
                ["external_host"] = externalHost,
                ["mode"] = mode,
                ["cookie_domain"] = cookieDomain,
            });
            await site.CreateAsync("core/applications/", new JsonObject { ["name"] = name, ["slug"] = name, ["provider"] = provider["pk"]!.GetValue<long>() });
        }

        /// <summary>Time goes by until the background job has done something.</summary>
        public Task UntilAsync(Func<bool> isDone) => UntilAsync(() => Task.FromResult(isDone()));

        public async Task UntilAsync(Func<Task<bool>> isDone)
        {
            for (var i = 0; i < 200; i++)
            {
                if (await isDone()) return;
                site.Time.Advance(TimeSpan.FromSeconds(2));
                await Task.Delay(25, ProviderSite.Ct);
            }
            throw new InvalidOperationException("it did not happen");
        }

        /// <summary>Time goes by for several runs of the background job.</summary>
        public async Task PassAsync()
        {
            for (var i = 0; i < 30; i++)
            {
                site.Time.Advance(TimeSpan.FromSeconds(2));
                await Task.Delay(25, ProviderSite.Ct);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await site.DisposeAsync();
            await docker.DisposeAsync();
        }
    }
}
