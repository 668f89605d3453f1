using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Hosting;
using Hearthkey.Storage;
using Hearthkey.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>What changes or goes away while a request runs, or before it.</summary>
public sealed class MeanwhileTests
{
    [Fact]
    public async Task A_provider_that_goes_before_its_code_is_stored_gets_a_page()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        // without a change row: the snapshot of this node still has it, as for a moment after another node deleted it
        await site.Store.WriteAsync(db => db.ExecAsync($"delete from provider where pk = {app.Pk}"), ProviderSite.Ct);

        using var response = await app.AuthorizeAsync(cookie);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    /// <summary>DESIGN 4.5: an offline grant hangs on no session that would ask.</summary>
    [Fact]
    public async Task An_offline_grant_is_believed_without_the_database_for_five_minutes_and_then_answers_503()
    {
        await using var site = await ProviderSite.StartAsync(Dialect.Postgres);
        var app = await TestApp.RegisterAsync(site, body => body["access_token_validity"] = "hours=5");
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), "openid offline_access");
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);

        await LetInAsync(site, isOpen: false);
        site.Time.Advance(TimeSpan.FromMinutes(4));
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
        site.Time.Advance(TimeSpan.FromMinutes(2));
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await LetInAsync(site, isOpen: true);
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_api_token_is_asked_for_again_when_memory_may_not_be_believed()
    {
        await using var site = await ProviderSite.StartAsync(Dialect.Postgres);
        await site.CreateAsync("core/tokens/", new JsonObject { ["identifier"] = "robot", ["user"] = ProviderSite.Admin });
        var key = (await site.GetAsync("core/tokens/robot/view_key/"))["key"]!.GetValue<string>();
        (await MeAsync()).ShouldBe(HttpStatusCode.OK);

        await LetInAsync(site, isOpen: false);
        (await MeAsync()).ShouldBe(HttpStatusCode.OK);
        site.Time.Advance(TimeSpan.FromMinutes(6));
        (await MeAsync()).ShouldBe(HttpStatusCode.ServiceUnavailable);

        async Task<HttpStatusCode> MeAsync()
        {
            using var response = await site.SendAsync(HttpMethod.Get, "/api/v3/core/users/me/", authorization: "Bearer " + key);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData(300, 299, true)]
    [InlineData(300, 301, false)]
    [InlineData(0, 2, true)]
    [InlineData(0, 4, false)]
    public async Task Memory_is_believed_for_as_long_as_the_settings_say(int staleMax, int passed, bool isBelieved)
    {
        await using var site = await ProviderSite.StartAsync();
        await using var feed = new ChangeFeed(site.Store, site.Time, NullLogger<ChangeFeed>.Instance);
        await feed.CatchUpAsync();

        site.Time.Advance(TimeSpan.FromSeconds(passed));

        new StaleRule(feed, new Settings { StaleMax = TimeSpan.FromSeconds(staleMax) }).MayBelieve.ShouldBe(isBelieved);
    }

    private static async Task LetInAsync(ProviderSite site, bool isOpen)
    {
        var database = new NpgsqlConnectionStringBuilder(site.Services.GetRequiredService<StorageOptions>().PostgresConnectionString).Database;
        await PostgresServer.AdministerAsync($"alter database {database} allow_connections {(isOpen ? "true" : "false")}");
        if (!isOpen) await PostgresServer.AdministerAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
    }
}
