using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Hearthkey.Storage.Migrations;

namespace Hearthkey.Storage;

/// <summary>Brings the schema up to date: all missing steps in one transaction, under a lock, so that of several starters one does it.</summary>
public static partial class Migrator
{
    private const string Folder = "migration/";

    /// <summary>The embedded files <c>NNNN_name.sql</c>, or <c>NNNN_name.sqlite.sql</c> and <c>.postgres.sql</c> where the two must differ.</summary>
    public static IReadOnlyList<MigrationStep> BuiltIn(Dialect dialect)
    {
        var assembly = typeof(Migrator).Assembly;
        var steps = new List<MigrationStep>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal)) continue;
            var name = resource[Folder.Length..^".sql".Length].Split('.');
            if (name.Length > 1 && name[1] != (dialect == Dialect.Sqlite ? "sqlite" : "postgres")) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = reader.ReadToEnd();
            // the only word for which SQLite keeps rows by that key; any other costs an index beside the table
            if (dialect == Dialect.Sqlite) text = IntegerKey().Replace(text, "integer$1");
            steps.Add(new MigrationStep(int.Parse(name[0].AsSpan(0, 4), CultureInfo.InvariantCulture), name[0], text));
        }
        return [.. steps.OrderBy(step => step.Number)];
    }

    /// <summary>Makes sure that nothing is missing, without changing anything.</summary>
    /// <exception cref="SchemaException">The database is empty, older or newer than this program.</exception>
    public static async Task CheckAsync(IStore store, IReadOnlyList<MigrationStep> steps, CancellationToken ct)
    {
        long? at = null;
        try
        {
            at = await store.ReadAsync(db => db.OneAsync($"select max(number) from migration", row => row.LongOrNull()), ct);
        }
        catch (DbException failure) when (failure is not StorageUnavailableException)
        {
            // no such table: nothing has been started here yet
        }
        if (at != steps.Count)
            throw new SchemaException("The database here is empty, or was made by another version of Hearthkey. Start the server of this version once, then try again.");
    }

    /// <summary>Applies what is missing and says how many steps that were.</summary>
    /// <exception cref="SchemaException">The database is newer than this program, or was made by other steps.</exception>
    public static async Task<int> RunAsync(IStore store, IReadOnlyList<MigrationStep> steps, TimeProvider time, CancellationToken ct)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Number != i + 1) throw new InvalidOperationException($"Migration {i + 1} is missing, or there are two of it.");
        }
        await using var connection = await store.ConnectAsync(ct);
        try
        {
            return await new MigrationRun(store.Dialect, connection, time, ct).ApplyAsync(steps);
        }
        catch (DbException failure) when (failure is not StorageUnavailableException)
        {
            if (failure.Unavailable(connection.DataSource) is { } unavailable) throw unavailable;
            throw new SchemaException($"The database could not be brought up to date and is as it was before: {failure.Message}", failure);
        }
    }

    [GeneratedRegex(@"\bbigint(\s+not null primary key)")]
    private static partial Regex IntegerKey();
}
