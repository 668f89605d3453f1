using Hearthkey.Storage;
using Hearthkey.Storage.Postgres;
using Hearthkey.Storage.Sqlite;

namespace Hearthkey.Tests.Storage;

public abstract class MigratorContract(Dialect dialect) : IAsyncLifetime
{
    private static readonly string[] _good = ["create table a (id bigint primary key)", "create table b (id bigint primary key); insert into a values (1);"];

    private string _folder = "";

    private IStore Store { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var place = await StorageSite.PlaceAsync(dialect);
        _folder = global::System.IO.Directory.CreateDirectory(place.Folder).FullName;
        Store = place.ConnectionString is { } text
            ? new PostgresStore(text, TimeProvider.System, new HashSet<string>())
            : new SqliteStore(Path.Combine(place.Folder, "hearthkey.db"), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Four_that_start_together_apply_each_step_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(_good))));

        applied.Order().ShouldBe([0, 0, 0, 2]);
        (await TablesAnswerAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_start_applies_nothing_and_a_newer_program_only_what_is_new()
    {
        (await MigrateAsync(_good[0])).ShouldBe(1);
        (await MigrateAsync(_good[0])).ShouldBe(0);
        (await MigrateAsync(_good)).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await MigrateAsync(_good);

        (await Should.ThrowAsync<SchemaException>(() => MigrateAsync(_good[0]))).Message.ShouldContain("newer Hearthkey");
    }

    [Fact]
    public async Task A_step_that_was_changed_afterwards_is_refused_but_not_for_its_line_endings()
    {
        await MigrateAsync("create table a\n(id bigint primary key)");

        (await MigrateAsync("create table a\r\n(id bigint primary key)")).ShouldBe(0);
        await Should.ThrowAsync<SchemaException>(() => MigrateAsync("create table a\n(id bigint)"));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_database_as_it_was()
    {
        await Should.ThrowAsync<SchemaException>(() => MigrateAsync([.. _good, "create table c (id bigint); create tabel d"]));

        (await MigrateAsync(_good)).ShouldBe(2);
        (await TablesAnswerAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_gap_in_the_numbers_is_a_bug() =>
        await Should.ThrowAsync<InvalidOperationException>(() => Migrator.RunAsync(
            Store, [new MigrationStep(2, "two", "select 1")], TimeProvider.System, CancellationToken.None));

    [Fact]
    public async Task The_built_in_steps_apply()
    {
        var steps = Migrator.BuiltIn(dialect);

        (await Migrator.RunAsync(Store, steps, TimeProvider.System, CancellationToken.None)).ShouldBe(steps.Count);
    }

    private Task<int> MigrateAsync(params string[] texts) => Migrator.RunAsync(
        Store,
        [.. texts.Select((text, i) => new MigrationStep(i + 1, $"step_{i + 1}", text))],
        TimeProvider.System,
        CancellationToken.None);

    private Task<long> TablesAnswerAsync() => Store.ReadAsync(
        db => db.OneAsync($"select count(*) from a left join b on b.id = a.id", r => r.Long()), CancellationToken.None);
}

public sealed class SqliteMigratorTests() : MigratorContract(Dialect.Sqlite);

public sealed class PostgresMigratorTests() : MigratorContract(Dialect.Postgres);
