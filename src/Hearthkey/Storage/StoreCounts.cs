using System.Data.Common;
using Hearthkey.Hosting;

namespace Hearthkey.Storage;

/// <summary>How often the database was asked, and how often in vain. A rule that is broken (something is there already) is no failure.</summary>
public sealed class StoreCounts
{
    private long _reads;
    private long _writes;
    private long _failedReads;
    private long _failedWrites;

    internal void Read() => Interlocked.Increment(ref _reads);

    internal void Written() => Interlocked.Increment(ref _writes);

    internal void ReadFailed(DbException failure) => Failed(ref _failedReads, failure);

    internal void WriteFailed(DbException failure) => Failed(ref _failedWrites, failure);

    internal void Write(MetricText text)
    {
        const string done = "hearthkey_database_operations_total", failed = "hearthkey_database_errors_total";
        text.Family(done, "counter", "Units of work that the database did.");
        text.Sample(done, Interlocked.Read(ref _reads), ("operation", "read"));
        text.Sample(done, Interlocked.Read(ref _writes), ("operation", "write"));
        text.Family(failed, "counter", "Units of work that failed because of the database.");
        text.Sample(failed, Interlocked.Read(ref _failedReads), ("operation", "read"));
        text.Sample(failed, Interlocked.Read(ref _failedWrites), ("operation", "write"));
    }

    private static void Failed(ref long count, DbException failure)
    {
        if (!failure.IsUnique() && !failure.IsForeignKey()) Interlocked.Increment(ref count);
    }
}
