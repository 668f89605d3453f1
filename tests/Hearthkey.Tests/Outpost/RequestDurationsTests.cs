using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Forward-auth 10.6.</summary>
public sealed class RequestDurationsTests
{
    [Fact]
    public async Task Requests_are_counted_by_the_host_of_their_provider_however_many_hosts_strangers_invent()
    {
        await using var site = await OutpostSite.StartAsync();
        var before = site.Outpost.Durations.All.Count();

        await GetAsync(site.CheckAsync("https://app.example.com/x"));
        await GetAsync(site.CheckAsync("https://app.example.com/skip/x"));
        await GetAsync(site.CheckAsync("https://wiki.lab.test/x"));
        await GetAsync(site.CheckAsync("https://files.lab.test/x"));
        await GetAsync(site.SendAsync("/outpost.goauthentik.io/start?rd=/", "app.example.com"));
        for (var i = 0; i < 5; i++) await GetAsync(site.CheckAsync($"https://stranger{i}.example.com/x"));
        await GetAsync(site.SendAsync("/outpost.goauthentik.io/ping", "anything.example.com"));

        before.ShouldBe(0);
        site.Outpost.Durations.All.Select(d => $"{d.OutpostName}|{d.Method}|{d.Host}|{d.Type}|{d.Buckets.Sum()}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "authentik Embedded Outpost|GET|app.example.com|app|3",
            "authentik Embedded Outpost|GET|auth.lab.test|app|2",
            "|GET||app|5",
            "|GET||ping|1",
        ], ignoreOrder: true);
        site.Outpost.Durations.All.ShouldAllBe(d => d.Buckets.Count == RequestDurations.Bounds.Count + 1);
    }

    [Fact]
    public async Task A_new_configuration_goes_on_counting_where_the_old_one_stopped()
    {
        await using var site = await OutpostSite.StartAsync();
        await GetAsync(site.CheckAsync("https://app.example.com/x"));

        site.Core.Configuration = new OutpostConfiguration([OutpostSite.Single], []);
        await GetAsync(site.CheckAsync("https://app.example.com/x"));

        site.Outpost.Durations.All.Single(d => d.Host == "app.example.com").Buckets.Sum().ShouldBe(2);
    }

    [Fact]
    public async Task A_host_that_is_no_providers_any_more_is_not_told_and_goes_on_counting_when_it_comes_back()
    {
        await using var site = await OutpostSite.StartAsync();
        await GetAsync(site.CheckAsync("https://app.example.com/x"));
        await GetAsync(site.SendAsync("/outpost.goauthentik.io/ping", "anything.example.com"));

        site.Core.Configuration = OutpostConfiguration.Empty;
        site.Outpost.Durations.All.ShouldHaveSingleItem().Type.ShouldBe("ping");

        site.Core.Configuration = new OutpostConfiguration([OutpostSite.Single], []);
        await GetAsync(site.CheckAsync("https://app.example.com/x"));
        site.Outpost.Durations.All.Single(d => d.Host == "app.example.com").Buckets.Sum().ShouldBe(2);
    }

    private static async Task GetAsync(Task<HttpResponseMessage> answer) => (await answer).Dispose();
}
