namespace Hearthkey.Directory.Hashing;

/// <summary>Lets only so many hashes be computed at once, and only so many wait.</summary>
internal sealed class HashGate(int atOnce, int waiting) : IDisposable
{
    // at 50 ms a hash the last in the queue waits about five seconds: longer, and browsers and people give up
    private const int WaitingPerTurn = 100;

    private readonly SemaphoreSlim _turns = new(atOnce);
    private int _inside;
    private long _entered;

    public long Entered => Interlocked.Read(ref _entered);

    /// <summary>One hash per core, and never more than a quarter of the memory that the process may use.</summary>
    public static HashGate ForThisMachine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / (Argon2Hash.MemoryKiB * 1024L);
        var atOnce = (int)Math.Clamp(memory, 1, Environment.ProcessorCount);
        return new(atOnce, atOnce * WaitingPerTurn);
    }

    /// <summary>Waits for a turn, which ends when it is disposed; null where too many wait already.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _inside) > atOnce + waiting)
        {
            Interlocked.Decrement(ref _inside);
            return null;
        }
        try
        {
            await _turns.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
        Interlocked.Increment(ref _entered);
        return new Turn(this);
    }

    /// <summary>Computes on a thread of its own: on the pool's few threads it would keep all other requests waiting.</summary>
    public static Task<T> ApartAsync<T>(Func<T> compute) =>
        Task.Factory.StartNew(
            compute, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    public void Dispose() => _turns.Dispose();

    private void Leave()
    {
        _turns.Release();
        Interlocked.Decrement(ref _inside);
    }

    private sealed class Turn(HashGate gate) : IDisposable
    {
        private HashGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
