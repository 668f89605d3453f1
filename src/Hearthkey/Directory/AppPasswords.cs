using Hearthkey.Directory.Rows;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Finds app passwords: in memory where they were sent before, otherwise in the database.</summary>
/// <remarks>
/// They are random and long, so that a plain SHA-256 protects them, and no slow hash has to be computed for a program that comes many times
/// a second. What is found depends on the password alone: a name that nobody has costs what one costs that somebody has.
/// </remarks>
public sealed class AppPasswords
{
    /// <summary>Longest text that is looked at: what the API lets be set.</summary>
    private const int Longest = 255;

    private readonly IStore _store;
    private readonly People _people;
    private readonly StaleRule _rule;
    private readonly TimeProvider _time;

    // about 500 bytes each
    private readonly Remembered<string, AppPassword> _known = new(10_000);

    public AppPasswords(IStore store, People people, StaleRule rule, TimeProvider time, ChangeFeed feed)
    {
        (_store, _people, _rule, _time) = (store, people, rule, time);
        feed.Subscribe([UserChanges.Token, UserChanges.End], _ => _known.DropAll());
        feed.SubscribeLost(_known.DropAll);
    }

    /// <summary>What the throttle counts wrong ones of this name under: apart from sign-ins, which a badly set up program must not hold up.</summary>
    public static string ThrottleKey(string username) => "program\u001f" + NameKey.Of(username.Length > Longest ? username[..Longest] : username);

    /// <summary>The password and the person who has this name; null where either is wrong, over or disabled.</summary>
    /// <exception cref="StorageUnavailableException">Nobody can say.</exception>
    public async ValueTask<(AppPassword Password, Account Owner)?> FindAsync(string username, string password, Snapshot snapshot, CancellationToken ct)
    {
        if (password.Length is 0 or > Longest || username.Length is 0 or > Longest) return null;
        if (await FindAsync(OpaqueSecret.Hash(password), ct) is not { } found) return null;
        if (await _people.FindAsync(found.UserPk, snapshot, ct) is not { IsActive: true } owner) return null;
        return NameKey.Of(owner.Username) == NameKey.Of(username) ? (found, owner) : null;
    }

    /// <summary>The password by its hash; null where it is over, or there is none.</summary>
    /// <inheritdoc cref="FindAsync(string, string, Snapshot, CancellationToken)" path="/exception"/>
    public async ValueTask<AppPassword?> FindAsync(string keyHash, CancellationToken ct)
    {
        if (!_known.TryFind(keyHash, out var known) || !_rule.MayBelieve)
        {
            var drops = _known.Drops;
            known = await _store.ReadAsync(db => db.OneAsync(
                $"""
                select identifier, user_pk, expires_at, limit_application, limit_methods, limit_paths from token
                where key_hash = {keyHash} and intent = {Token.AppPassword}
                """,
                r => new AppPassword(r.Text(), keyHash, r.Long(), r.TimeOrNull(), r.GuidOrNull(), TokenRows.Texts(r), TokenRows.Texts(r))), ct);
            if (known is null) return null;
            _known.Add(keyHash, known, drops);
        }
        return known.ExpiresAt <= _time.GetUtcNow() ? null : known;
    }
}
