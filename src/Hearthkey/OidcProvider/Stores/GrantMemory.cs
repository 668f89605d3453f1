using System.Collections.Concurrent;
using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>Grants and codes that this node has seen lately. The change feed drops what has ended; what falls out is read from the database.</summary>
internal sealed class GrantMemory
{
    /// <summary>Codes live a minute: more than a node makes in one.</summary>
    private const int MostCodes = 20_000;

    // about 1 KB each (own choice: 50 MB at most)
    private readonly Remembered<long, StoredGrant> _grants = new(50_000);
    private readonly ConcurrentDictionary<string, IssuedCode> _codes = new(StringComparer.Ordinal);

    public GrantMemory(ChangeFeed feed)
    {
        feed.Subscribe([GrantChanges.End], change => Drop(change.Key));
        feed.Subscribe([UserChanges.End, UserChanges.Password], change => DropUser(change.Key));
        feed.SubscribeLost(Clear);
    }

    /// <summary>Counts up with every drop: what was read from the database before one is not kept.</summary>
    public long Drops => _grants.Drops;

    public StoredGrant? Find(long pk) => _grants.TryFind(pk, out var grant) ? grant : null;

    public void Add(StoredGrant grant, long drops) => _grants.Add(grant.Grant.Key, grant, drops);

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
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var pk)) _grants.Drop(pk);
        else _grants.DropAll();
    }

    private void DropUser(string key)
    {
        _codes.Clear();
        _grants.DropWhere(grant => grant.Grant.Authentication.UserKey.ToString(CultureInfo.InvariantCulture) == key);
    }

    private void Clear()
    {
        _codes.Clear();
        _grants.DropAll();
    }
}

/// <summary>A code, and the session that it was issued to.</summary>
internal sealed record IssuedCode(AuthorizationCode Code, Guid Session);
