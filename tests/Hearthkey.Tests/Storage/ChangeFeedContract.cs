using System.Collections.Concurrent;
using Hearthkey.Storage;

namespace Hearthkey.Tests.Storage;

public abstract class ChangeFeedContract(Dialect dialect) : IAsyncLifetime
{
    protected const string Schema = "create table setting (name text primary key not null, value text not null);";

    protected StorageSite Site { get; private set; } = null!;

    protected ConcurrentQueue<Change> Heard { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Site = await StorageSite.StartAsync(
            await StorageSite.PlaceAsync(dialect), services => services.AddSnapshotPart(["colour"], LoadAsync), Schema);
        Site.Feed.Subscribe(["colour", "session"], Heard.Enqueue);
    }

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    [Fact]
    public async Task Whoever_wrote_a_change_sees_it_in_the_snapshot_at_once()
    {
        Site.Snapshots.Current.Get<Colour>().Name.ShouldBe("none");

        await SetAsync(Site, "red");

        Site.Snapshots.Current.Get<Colour>().Name.ShouldBe("red");
        Heard.ShouldBe([new Change("colour", "red")]);
    }

    [Fact]
    public async Task A_unit_that_fails_tells_nobody()
    {
        await Should.ThrowAsync<FormatException>(() => Site.WriteAsync<int>(async db =>
        {
            await db.ChangedAsync("session", "1");
            throw new FormatException();
        }));
        await SetAsync(Site, "red");

        Heard.ShouldBe([new Change("colour", "red")]);
    }

    [Fact]
    public async Task Kinds_that_nobody_asked_for_are_not_told()
    {
        var all = new ConcurrentQueue<Change>();
        Site.Feed.SubscribeAll(all.Enqueue, () => { });

        await Site.WriteAsync(async db =>
        {
            await db.ChangedAsync("other", "1");
            await db.ChangedAsync("session", "2");
            return 0;
        });

        Heard.ShouldBe([new Change("session", "2")]);
        all.ShouldBe([new Change("other", "1"), new Change("session", "2")]);
    }

    [Fact]
    public async Task Nothing_is_missed_when_many_write_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Site.WriteAsync(async db =>
        {
            await db.ChangedAsync("session", i.ToString(global::System.Globalization.CultureInfo.InvariantCulture));
            return 0;
        })));

        Heard.Select(change => change.Key).Distinct().Count().ShouldBe(200);
        Heard.Count.ShouldBe(200);
    }

    [Fact]
    public async Task A_subscriber_that_fails_keeps_nobody_from_hearing()
    {
        Site.Feed.Subscribe(["session"], _ => throw new FormatException());
        var later = new ConcurrentQueue<Change>();
        Site.Feed.Subscribe(["session"], later.Enqueue);

        await Site.WriteAsync(async db =>
        {
            await db.ChangedAsync("session", "1");
            return 0;
        });

        later.Count.ShouldBe(1);
    }

    [Fact]
    public void The_database_was_in_contact_a_moment_ago() =>
        Site.Feed.ContactAge.ShouldBeLessThan(TimeSpan.FromSeconds(30));

    protected static async ValueTask<Colour> LoadAsync(IServiceProvider services, Db db, Snapshot snapshot) =>
        new(await db.OneAsync($"select value from setting where name = {"colour"}", r => r.Text()) ?? "none");

    protected static Task SetAsync(StorageSite site, string colour) => site.WriteAsync(async db =>
    {
        await db.ChangedAsync("colour", colour);
        return await db.ExecAsync(
            $"insert into setting values ({"colour"}, {colour}) on conflict (name) do update set value = excluded.value");
    });

    protected static async Task EventuallyAsync(Func<bool> holds, TimeSpan within)
    {
        var until = TimeProvider.System.GetUtcNow() + within;
        while (!holds() && TimeProvider.System.GetUtcNow() < until)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        holds().ShouldBeTrue();
    }

    protected sealed record Colour(string Name);
}

public sealed class SqliteChangeFeedTests() : ChangeFeedContract(Dialect.Sqlite);
