using Hearthkey.Storage;
using Hearthkey.Storage.Postgres;
using Hearthkey.Tests.Support;

namespace Hearthkey.Tests.Storage;

public sealed class PostgresStoreTests() : StorageContract(Dialect.Postgres)
{
    [Fact]
    public async Task A_unit_that_lost_its_row_to_another_is_run_again()
    {
        await Site.WriteAsync(async db => await AddThingAsync(db, 1) + await AddThingAsync(db, 2));
        using var both = new Barrier(2);
        var first = true;

        // each locks one row and then wants the other's
        async ValueTask<int> CrossAsync(Db db, long mine, long others)
        {
            await db.ExecAsync($"update thing set name = {"m" + mine} where id = {mine}");
            if (Volatile.Read(ref first)) await Task.Run(() => both.SignalAndWait(TimeSpan.FromSeconds(5)));
            Volatile.Write(ref first, false);
            return await db.ExecAsync($"update thing set name = {"o" + mine} where id = {others}");
        }
        var done = await Task.WhenAll(
            Task.Run(() => Site.WriteAsync(db => CrossAsync(db, 1, 2))),
            Task.Run(() => Site.WriteAsync(db => CrossAsync(db, 2, 1))));

        done.ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_connection_that_was_cut_is_not_noticed_by_the_next_unit()
    {
        await Site.WriteAsync(db => AddThingAsync(db, 1));
        await PostgresServer.AdministerAsync(
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Database}'");

        (await CountAsync()).ShouldBe(1);
        await Site.WriteAsync(db => AddThingAsync(db, 2));
    }

    [Fact]
    public async Task A_database_that_lets_nobody_in_is_unavailable()
    {
        await PostgresServer.AdministerAsync($"alter database {Database} allow_connections false");
        await PostgresServer.AdministerAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Database}'");

        await Should.ThrowAsync<StorageUnavailableException>(() => CountAsync());
    }

    [Fact]
    public async Task A_server_that_became_read_only_takes_no_writes_and_goes_on_being_read()
    {
        await Site.WriteAsync(db => AddThingAsync(db, 1));
        await PostgresServer.AdministerAsync($"alter database {Database} set default_transaction_read_only = on");
        await PostgresServer.AdministerAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Database}'");

        (await Should.ThrowAsync<StorageUnavailableException>(() => Site.WriteAsync(db => AddThingAsync(db, 2)))).Message.ShouldContain("is read-only: check that the host is the primary");
        (await CountAsync()).ShouldBe(1);

        await PostgresServer.AdministerAsync($"alter database {Database} reset default_transaction_read_only");
        await PostgresServer.AdministerAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Database}'");
        await Site.WriteAsync(db => AddThingAsync(db, 3));
        (await CountAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData("Host=nowhere.invalid;Username=x")]
    [InlineData("Host=127.0.0.1;Port=1;Username=x")]
    public async Task A_server_that_cannot_be_reached_is_unavailable_and_says_what_to_check(string connectionString)
    {
        await using var store = new PostgresStore(connectionString, TimeProvider.System, new HashSet<string>());

        var read = await Should.ThrowAsync<StorageUnavailableException>(() => store.ReadAsync(db => db.NextKeyAsync("x"), CancellationToken.None));
        await Should.ThrowAsync<StorageUnavailableException>(() => store.WriteAsync(db => db.NextKeyAsync("x"), CancellationToken.None));

        read.Message.ShouldContain("check that it runs");
    }

    private string Database => Site.Where.ConnectionString!.Split("Database=")[1].Split(';')[0];
}
