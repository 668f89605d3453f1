using Hearthkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Storage;

public sealed class ChangeFeedClockTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private StorageSite _site = null!;
    private int _lost;

    public async ValueTask InitializeAsync()
    {
        _site = await StorageSite.StartAsync(
            await StorageSite.PlaceAsync(Dialect.Sqlite), services => services.AddSingleton<TimeProvider>(_time));
        _site.Feed.SubscribeAll(_ => { }, () => Interlocked.Increment(ref _lost));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_node_that_was_away_for_longer_than_the_feed_reaches_is_told_to_drop_everything()
    {
        await _site.Feed.CatchUpAsync();
        _lost.ShouldBe(0);

        _time.Shift += ChangeFeed.KeptFor;
        await _site.Feed.CatchUpAsync();
        await _site.Feed.CatchUpAsync();

        _lost.ShouldBe(1);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_or_jumps_ahead_makes_the_last_contact_no_younger()
    {
        await _site.Feed.CatchUpAsync();

        _time.Passed = TimeSpan.FromMinutes(10);
        _time.Shift -= TimeSpan.FromHours(2);
        _site.Feed.ContactAge.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(10));

        _time.Shift += TimeSpan.FromHours(5);
        _site.Feed.ContactAge.ShouldBeGreaterThan(TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task Changes_are_kept_for_a_day_and_then_deleted()
    {
        var now = _time.GetUtcNow();
        await _site.WriteAsync(async db =>
        {
            for (var i = 0; i < 1200; i++)
                await db.ExecAsync($"insert into change (at, kind, key) values ({now - ChangeFeed.KeptFor - TimeSpan.FromMinutes(1)}, {"old"}, {"x"})");
            return await db.ExecAsync($"insert into change (at, kind, key) values ({now - TimeSpan.FromHours(23)}, {"new"}, {"x"})");
        });

        _time.Shift += TimeSpan.FromMinutes(2);

        List<string> left;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            left = await _site.ReadAsync(db => db.ListAsync($"select kind from change", r => r.Text()));
        }
        while (left.Contains("old"));
        left.ShouldBe(["new"]);
    }

    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        /// <summary>By the timer that nobody sets, beside what really passes.</summary>
        public TimeSpan Passed { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Passed.TotalSeconds * TimestampFrequency);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
