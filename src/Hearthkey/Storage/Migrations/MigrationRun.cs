using System.Data.Common;

namespace Hearthkey.Storage.Migrations;

/// <summary>One transaction that applies the missing steps, or none of them.</summary>
internal sealed class MigrationRun(Dialect dialect, DbConnection connection, TimeProvider time, CancellationToken ct)
{
    // any number that no other program on this database uses for its own lock
    private const long LockKey = 7305801;

    private readonly Db _db = new(dialect, connection, new UnitRules(time, new HashSet<string>()), ct);

    public async Task<int> ApplyAsync(IReadOnlyList<MigrationStep> steps)
    {
        await RunAsync(dialect == Dialect.Sqlite ? "begin immediate" : "begin");
        // after a failure the connection is closed, and with it the transaction
        if (dialect == Dialect.Postgres) await _db.ExecAsync($"select pg_advisory_xact_lock({LockKey})");
        var applied = await ApplyMissingAsync(steps);
        await RunAsync("commit");
        return applied;
    }

    private async Task<int> ApplyMissingAsync(IReadOnlyList<MigrationStep> steps)
    {
        await _db.ExecAsync(
            $"""
            create table if not exists migration
              (number bigint not null primary key, name text not null, sum text not null, applied_at bigint not null)
            """);
        // touches no row, and fails where nothing can be written: without it a server would start that can let nobody in
        await _db.ExecAsync($"update migration set sum = sum where number = {-1L}");
        var sums = (await _db.ListAsync($"select number, sum from migration", row => (Number: row.Long(), Sum: row.Text())))
            .ToDictionary(row => row.Number, row => row.Sum);
        if (sums.Count > 0 && sums.Keys.Max() > steps.Count)
        {
            throw new SchemaException(
                $"The database was used by a newer Hearthkey: its schema is at step {sums.Keys.Max()}, this program knows {steps.Count}. " +
                "Start the newer program, or restore a backup from before the upgrade.");
        }
        var applied = 0;
        foreach (var step in steps)
        {
            if (sums.TryGetValue(step.Number, out var sum))
            {
                if (sum != step.Sum) throw Changed(step);
                continue;
            }
            await RunAsync(step.Text);
            var at = time.GetUtcNow();
            await _db.ExecAsync(
                $"insert into migration (number, name, sum, applied_at) values ({(long)step.Number}, {step.Name}, {step.Sum}, {at})");
            applied++;
        }
        return applied;
    }

    private static SchemaException Changed(MigrationStep step) => new(
        $"Step {step.Name} of the schema is not the one that made this database. " +
        "Start the version of Hearthkey that was used before, or restore a backup that fits this one.");

    private async Task RunAsync(string text)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // text of an embedded file or of this class
        command.CommandText = text;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
