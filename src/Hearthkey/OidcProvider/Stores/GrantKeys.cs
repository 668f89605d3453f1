using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>Keys of grants, taken from the counter in blocks: one write for many grants. What is left of a block at the end of the process is never used.</summary>
internal sealed class GrantKeys(IStore store) : IDisposable
{
    private const long Block = 200;

    private readonly SemaphoreSlim _gate = new(1);
    private long _next;
    private long _end;

    public async ValueTask<long> NextAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_next == _end)
            {
                _next = await store.WriteAsync(db => db.NextKeysAsync("grant", Block), ct);
                _end = _next + Block;
            }
            return _next++;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
