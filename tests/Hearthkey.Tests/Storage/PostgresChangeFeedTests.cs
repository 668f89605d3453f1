using System.Collections.Concurrent;
using Hearthkey.Storage;
using Hearthkey.Tests.Support;
using Npgsql;

namespace Hearthkey.Tests.Storage;

public sealed class PostgresChangeFeedTests() : ChangeFeedContract(Dialect.Postgres)
{
    // the promise to other nodes is five seconds; a poll is one
    private static readonly TimeSpan _promise = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Two_nodes_hear_each_other()
    {
        await using var other = await SecondNodeAsync();
        var heardThere = new ConcurrentQueue<Change>();
        other.Feed.Subscribe(["session"], heardThere.Enqueue);

        await SetAsync(Site, "red");
        await EventuallyAsync(() => other.Snapshots.Current.Get<Colour>().Name == "red", _promise);
        await SetAsync(other, "blue");
        await EventuallyAsync(() => Site.Snapshots.Current.Get<Colour>().Name == "blue", _promise);
        await Site.WriteAsync(async db =>
        {
            await db.ChangedAsync("session", "9");
            return 0;
        });
        await EventuallyAsync(() => heardThere.Contains(new Change("session", "9")), _promise);
    }

    [Fact]
    public async Task A_change_that_commits_late_is_heard_once()
    {
        await using var connection = new NpgsqlConnection(Site.Where.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var insert = new NpgsqlCommand("insert into change (at, kind, key) values (1790000000000, 'session', 'late')", connection);
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            for (var i = 0; i < 20; i++) await SetAsync(Site, "c" + i);
            Heard.Count.ShouldBe(20);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        await Site.Feed.CatchUpAsync();
        await Site.Feed.CatchUpAsync();

        Heard.Count(change => change.Key == "late").ShouldBe(1);
        Heard.Count.ShouldBe(21);
    }

    [Fact]
    public async Task Changes_made_while_the_database_was_out_of_reach_are_heard_afterwards()
    {
        await using var other = await SecondNodeAsync();
        await PostgresServer.AdministerAsync($"alter database {Database} allow_connections false");
        await CutAsync();
        await Site.Feed.CatchUpAsync();
        var age = Site.Feed.ContactAge;
        await Site.Feed.CatchUpAsync();
        Site.Feed.ContactAge.ShouldBeGreaterThan(age);

        await PostgresServer.AdministerAsync($"alter database {Database} allow_connections true");
        await SetAsync(other, "green");

        await EventuallyAsync(() => Site.Snapshots.Current.Get<Colour>().Name == "green", _promise);
        Site.Feed.ContactAge.ShouldBeLessThan(_promise);
    }

    [Fact]
    public async Task A_listener_that_was_cut_listens_again()
    {
        await using var other = await SecondNodeAsync();
        await CutAsync();

        for (var i = 0; i < 20; i++) await SetAsync(other, "c" + i);

        await EventuallyAsync(() => Site.Snapshots.Current.Get<Colour>().Name == "c19", _promise);
    }

    [Fact]
    public async Task Two_nodes_that_start_together_apply_the_default_sets_one_after_the_other()
    {
        var place = await StorageSite.PlaceAsync(Dialect.Postgres);
        await using var first = StorageSite.Create(place, schema: Schema);
        await using var second = StorageSite.Create(place, schema: Schema);
        var inside = 0;
        var most = 0;

        async Task DefaultsAsync(IServiceProvider services, CancellationToken ct)
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, ct);
            Interlocked.Decrement(ref inside);
        }
        await Task.WhenAll(first.StartAsync(DefaultsAsync), second.StartAsync(DefaultsAsync));

        most.ShouldBe(1);
    }

    private string Database => Site.Where.ConnectionString!.Split("Database=")[1].Split(';')[0];

    private Task CutAsync() =>
        PostgresServer.AdministerAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Database}'");

    private Task<StorageSite> SecondNodeAsync() =>
        StorageSite.StartAsync(Site.Where, services => services.AddSnapshotPart(["colour"], LoadAsync), Schema);
}
