using System.Data.Common;
using Hearthkey.Storage;
using Hearthkey.Storage.Sqlite;

namespace Hearthkey.Tests.Storage;

public sealed class SqliteStoreTests() : StorageContract(Dialect.Sqlite)
{
    [Fact]
    public async Task A_unit_that_awaits_something_else_fails_and_leaves_nothing()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Site.WriteAsync(async db =>
        {
            await AddThingAsync(db, 1);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            return await AddThingAsync(db, 2);
        }));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        await Site.WriteAsync(db => AddThingAsync(db, 3));

        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused_in_plain_words()
    {
        await using var second = StorageSite.Create(Site.Where);

        var refusal = await Should.ThrowAsync<StorageUnavailableException>(() => second.StartAsync());

        refusal.Message.ShouldStartWith("Another Hearthkey is running on");
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_fails_every_caller_and_says_what_to_check()
    {
        await using var store = new SqliteStore("/nowhere/hearthkey.db", TimeProvider.System);

        var write = await Should.ThrowAsync<StorageUnavailableException>(() => store.WriteAsync(db => db.NextKeyAsync("x"), CancellationToken.None));
        await Should.ThrowAsync<StorageUnavailableException>(() => store.ReadAsync(db => db.NextKeyAsync("x"), CancellationToken.None));

        write.Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public async Task After_the_writer_had_to_open_the_file_anew_readers_see_the_same_file_as_it()
    {
        var path = Path.Combine(Site.Where.Folder, "hearthkey.db");
        await Site.WriteAsync(db => AddThingAsync(db, 1));
        (await CountAsync()).ShouldBe(1, "a connection for reading is open now");

        // as when the disk went away and was mounted again: same content, another file
        await Site.WriteAsync(db => db.ExecAsync($"rollback; vacuum into {path + ".copy"}; begin; savepoint unit"));
        foreach (var rest in (string[])["", "-wal", "-shm"]) File.Delete(path + rest);
        File.Move(path + ".copy", path);
        await Should.ThrowAsync<DbException>(() => Site.WriteAsync(db => db.ExecAsync($"rollback")));
        await Site.WriteAsync(db => AddThingAsync(db, 2));

        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task When_SQLite_undoes_a_whole_batch_no_unit_of_it_is_told_that_it_was_kept()
    {
        await Site.WriteAsync(db => db.ExecAsync($"create table big (body bytea)"));
        using var queued = new ManualResetEventSlim();

        var first = Site.WriteAsync(async db =>
        {
            await db.ListAsync($"pragma max_page_count = 100", r => r.Long());
            queued.Wait(TimeSpan.FromSeconds(5));
            return await AddThingAsync(db, 1);
        });
        var second = Site.WriteAsync(db => AddThingAsync(db, 2));
        var tooBig = Site.WriteAsync(db => db.ExecAsync($"insert into big (body) values ({new byte[100 * 4096]})"));
        queued.Set();

        (await Should.ThrowAsync<StorageUnavailableException>(() => tooBig)).Message.ShouldContain("disk is full");
        await Task.WhenAny(Task.WhenAll(first, second));
        (await CountAsync()).ShouldBe(new[] { first, second }.Count(unit => unit.IsCompletedSuccessfully));
        await Site.WriteAsync(db => AddThingAsync(db, 3));
    }
}
