using System.Collections.Concurrent;
using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>Grants and codes that this node has seen lately. The change feed drops what has ended; what falls out is read from the database.</summary>
internal sealed class GrantMemory
{
    /// <summary>About 1 KB each (own choice: 50 MB at most).</summary>
    private const int MostGrants = 50_000;

    /// <summary>Codes live a minute: more than a node makes in one.</summary>
    private const int MostCodes = 20_000;

    private readonly ConcurrentDictionary<long, StoredGrant> _grants = new();
    private readonly ConcurrentDictionary<string, IssuedCode> _codes = new(StringComparer.Ordinal);
    private long _drops;

    public GrantMemory(ChangeFeed feed)
    {
        feed.Subscribe([GrantChanges.End], change => Drop(change.Key));
        feed.Subscribe([UserChanges.End, UserChanges.Password], change => DropUser(change.Key));
        feed.SubscribeLost(Clear);
    }

    /// <summary>Counts up with every drop: what was read from the database before one is not kept.</summary>
    public long Drops => Interlocked.Read(ref _drops);

    public StoredGrant? Find(long pk) => _grants.GetValueOrDefault(pk);

    public void Add(StoredGrant grant, long drops)
    {
        if (_grants.Count >= MostGrants) _grants.Clear();
        _grants[grant.Grant.Key] = grant;
        if (Drops != drops) _grants.TryRemove(grant.Grant.Key, out _);
    }

    /// <summary>A code that this node has just stored; the database alone decides whether it was redeemed.</summary>
    public void AddCode(string hash, IssuedCode code)
    {
        if (_codes.Count >= MostCodes) _codes.Clear();
        _codes[hash] = code;
    }

    public IssuedCode? FindCode(string hash) => _codes.GetValueOrDefault(hash);

    /// <summary>Called where the code is about to be redeemed: from then on only the database knows.</summary>
    public IssuedCode? TakeCode(string hash) => _codes.TryRemove(hash, out var code) ? code : null;

    private void Drop(string key)
    {
        Interlocked.Increment(ref _drops);
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var pk)) _grants.TryRemove(pk, out _);
    }

    private void DropUser(string key)
    {
        Interlocked.Increment(ref _drops);
        _codes.Clear();
        foreach (var (pk, grant) in _grants)
            if (grant.Grant.Authentication.UserKey.ToString(CultureInfo.InvariantCulture) == key) _grants.TryRemove(pk, out _);
    }

    private void Clear()
    {
        Interlocked.Increment(ref _drops);
        _codes.Clear();
        _grants.Clear();
    }
}

/// <summary>A code, and the session that it was issued to.</summary>
internal sealed record IssuedCode(AuthorizationCode Code, Guid Session);
