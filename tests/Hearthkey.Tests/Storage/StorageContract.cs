using System.Data.Common;
using Hearthkey.Storage;

namespace Hearthkey.Tests.Storage;

/// <summary>What every area relies on; run on each database.</summary>
public abstract class StorageContract(Dialect dialect) : IAsyncLifetime
{
    private const string Schema =
        """
        create table thing (id bigint primary key not null, name text not null unique, owner bigint references thing (id));
        create table kind_of_value (
          id text primary key not null, a_text text, a_long bigint, a_bool boolean, a_double double precision, some_bytes bytea,
          at bigint, a_uuid text, a_json jsonb);
        """;

    protected StorageSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Site = await StorageSite.StartAsync(await StorageSite.PlaceAsync(dialect), schema: Schema);

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_went_in()
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);
        var id = Guid.CreateVersion7();
        byte[] bytes = [0, 1, 255, 39];

        await Site.WriteAsync(db => db.ExecAsync(
            $"""
            insert into kind_of_value values
              ({"x"}, {"Ärger ' ; -- 🔥"}, {long.MaxValue}, {true}, {0.1}, {bytes}, {at}, {id}, {new Json("""{"a":[1,"b"]}""")})
            """));

        var row = await Site.ReadAsync(db => db.OneAsync(
            $"select a_text, a_long, a_bool, a_double, some_bytes, at, a_uuid, a_json from kind_of_value",
            r => (r.Text(), r.Long(), r.Bool(), r.Double(), Convert.ToHexString(r.Bytes()), r.Time(), r.Guid(), r.Json().Replace(" ", ""))));
        row.ShouldBe(("Ärger ' ; -- 🔥", long.MaxValue, true, 0.1, "0001FF27", at, id, """{"a":[1,"b"]}"""));
    }

    [Fact]
    public async Task Every_kind_of_null_comes_back_as_null()
    {
        string? text = null;
        long? number = null;
        double? fraction = null;
        byte[]? bytes = null;
        DateTimeOffset? at = null;
        Guid? id = null;
        Json? json = null;
        bool? flag = null;

        await Site.WriteAsync(db => db.ExecAsync(
            $"insert into kind_of_value values ({"n"}, {text}, {number}, {flag}, {fraction}, {bytes}, {at}, {id}, {json})"));

        var row = await Site.ReadAsync(db => db.OneAsync(
            $"""
            select a_text, a_long, a_bool, a_double, some_bytes, at, a_uuid, a_json from kind_of_value
            where ({text} is null or a_text = {text}) and ({number} is null or a_long = {number})
            """,
            r => (IsNull: r.IsNull, r.TextOrNull(), r.LongOrNull(), r.BoolOrNull(), r.DoubleOrNull(), r.BytesOrNull(), r.TimeOrNull(), r.GuidOrNull(), r.JsonOrNull())));
        row.ShouldBe((true, null, null, null, null, null, null, null, null));
    }

    [Fact]
    public async Task A_statement_that_is_wrong_is_not_taken_for_an_outage()
    {
        (await Site.FailsAsync(db => db.ExecAsync($"update no_such_table set x = {1}"))).ShouldNotBeOfType<StorageUnavailableException>();
        (await Should.ThrowAsync<DbException>(() => Site.ReadAsync(db => db.OneAsync($"selec {1}", r => r.Long())))).ShouldNotBeOfType<StorageUnavailableException>();
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 7 })]
    public async Task Short_bytes_stay_bytes(byte[] bytes)
    {
        await Site.WriteAsync(db => db.ExecAsync($"insert into kind_of_value (id, some_bytes) values ({"b"}, {bytes})"));

        var back = await Site.ReadAsync(db => db.OneAsync($"select some_bytes from kind_of_value", r => r.Bytes()));

        back.ShouldBe(bytes);
    }

    [Fact]
    public async Task Lists_work_for_in_and_not_in_also_when_empty()
    {
        await AddThingsAsync(3);
        string[] names = ["thing 1", "thing 3"];
        long[] ids = [2];
        string[] none = [];

        async Task<string> NamesAsync(Func<Db, ValueTask<List<long>>> unit) => string.Join(',', await Site.ReadAsync(unit));

        (await NamesAsync(db => db.ListAsync($"select id from thing where name in {names} order by id", r => r.Long()))).ShouldBe("1,3");
        (await NamesAsync(db => db.ListAsync($"select id from thing where id not in {ids} order by id", r => r.Long()))).ShouldBe("1,3");
        (await NamesAsync(db => db.ListAsync($"select id from thing where name in {none} order by id", r => r.Long()))).ShouldBe("");
        (await NamesAsync(db => db.ListAsync($"select id from thing where name not in {none} order by id", r => r.Long()))).ShouldBe("1,2,3");
        (await NamesAsync(db => db.ListAsync($"select id from thing where id in {Array.Empty<long>()} order by id", r => r.Long()))).ShouldBe("");
    }

    [Fact]
    public async Task A_statement_can_be_built_from_pieces_and_used_twice()
    {
        await AddThingsAsync(5);
        var order = SqlText.Constant("name desc");
        var filter = new SqlBuilder().Append("where true").Append($" and id > {1}").Append($" and name <> {"thing 4"}");
        var page = new SqlBuilder().Append("select id from thing ").Append(filter).Append($" order by {order} limit {2}");

        var (count, first, again) = await Site.ReadAsync(async db => (
            await db.OneAsync($"select count(*) from thing {filter}", r => r.Long()),
            await db.ListAsync(page, r => r.Long()),
            await db.ListAsync(page, r => r.Long())));

        count.ShouldBe(3);
        first.ShouldBe([5, 3]);
        again.ShouldBe(first);
    }

    [Fact]
    public async Task Reading_fewer_columns_than_there_are_throws()
    {
        await AddThingsAsync(1);

        await Should.ThrowAsync<InvalidOperationException>(() => Site.ReadAsync(db => db.ListAsync($"select id, name from thing", r => r.Long())));
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_the_default()
    {
        (await Site.ReadAsync(db => db.OneAsync($"select name from thing", r => r.Text()))).ShouldBeNull();
        (await Site.ReadAsync(db => db.OneAsync($"select id from thing", r => (long?)r.Long()))).ShouldBeNull();
    }

    [Fact]
    public async Task A_unit_that_fails_leaves_nothing()
    {
        await Should.ThrowAsync<FormatException>(() => Site.WriteAsync<int>(async db =>
        {
            await AddThingAsync(db, 1);
            throw new FormatException();
        }));

        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_failing_unit_does_not_touch_those_that_commit_with_it()
    {
        var units = Enumerable.Range(1, 200).Select(async id =>
        {
            try
            {
                return await Site.WriteAsync(async db =>
                {
                    await AddThingAsync(db, id);
                    return id % 3 == 0 ? throw new FormatException() : id;
                });
            }
            catch (FormatException)
            {
                return 0;
            }
        });

        var kept = (await Task.WhenAll(units)).Where(id => id > 0).ToList();

        kept.Count.ShouldBe(134);
        (await CountAsync()).ShouldBe(134);
    }

    [Fact]
    public async Task A_key_that_is_taken_is_told_from_a_missing_reference()
    {
        await AddThingsAsync(1);

        var taken = await Site.FailsAsync(db => db.ExecAsync($"insert into thing (id, name) values ({2}, {"thing 1"})"));
        var same = await Site.FailsAsync(db => db.ExecAsync($"insert into thing (id, name) values ({1}, {"other"})"));
        var missing = await Site.FailsAsync(db => db.ExecAsync($"insert into thing (id, name, owner) values ({3}, {"x"}, {99})"));

        (taken.IsUnique(), taken.IsForeignKey()).ShouldBe((true, false));
        (same.IsUnique(), same.IsForeignKey()).ShouldBe((true, false));
        (missing.IsUnique(), missing.IsForeignKey()).ShouldBe((false, true));
    }

    [Fact]
    public async Task One_of_twenty_who_take_the_same_row_gets_it()
    {
        await AddThingsAsync(1);

        var takers = Enumerable.Range(0, 20).Select(_ => Site.WriteAsync(
            db => db.OneAsync($"delete from thing where id = {1} returning id", r => (long?)r.Long())));

        (await Task.WhenAll(takers)).Count(id => id == 1).ShouldBe(1);
    }

    [Fact]
    public async Task A_read_sees_one_state_from_beginning_to_end()
    {
        await AddThingsAsync(1);

        var (before, after) = await Site.ReadAsync(async db =>
        {
            var first = await db.OneAsync($"select count(*) from thing", r => r.Long());
            await Site.WriteAsync(write => AddThingAsync(write, 2));
            return (first, await db.OneAsync($"select count(*) from thing", r => r.Long()));
        });

        (before, after).ShouldBe((1, 1));
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        try
        {
            await Site.ReadAsync(db => AddThingAsync(db, 1));
        }
        catch (DbException)
        {
            // SQLite refuses it, PostgreSQL takes it back
        }

        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_long_read_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() => Site.Store.ReadAsync(
            db => db.OneAsync(
                $"with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000000000) select count(*) from n", r => r.Long()),
            stop.Token));

        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_nothing_and_harms_nobody()
    {
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => Site.Store.WriteAsync(
            async db =>
            {
                await AddThingAsync(db, 1);
                await stop.CancelAsync();
                return await AddThingAsync(db, 2);
            },
            stop.Token));
        await Site.WriteAsync(db => AddThingAsync(db, 3));

        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Counters_never_give_a_key_twice_and_are_raised_but_not_lowered()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Site.WriteAsync(db => db.NextKeyAsync("user"))));
        keys.Order().ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));

        var next = await Site.WriteAsync(async db =>
        {
            await db.RaiseCounterAsync("user", 500);
            await db.RaiseCounterAsync("user", 3);
            await db.RaiseCounterAsync("group", 7);
            return (await db.NextKeyAsync("user"), await db.NextKeyAsync("group"));
        });
        next.ShouldBe((501, 8));
    }

    protected Task<long> CountAsync() => Site.ReadAsync(db => db.OneAsync($"select count(*) from thing", r => r.Long()));

    protected static ValueTask<int> AddThingAsync(Db db, long id) =>
        db.ExecAsync($"insert into thing (id, name) values ({id}, {"thing " + id.ToString(global::System.Globalization.CultureInfo.InvariantCulture)})");

    private async Task AddThingsAsync(int count) => await Site.WriteAsync(async db =>
    {
        for (var id = 1; id <= count; id++) await AddThingAsync(db, id);
        return count;
    });
}
