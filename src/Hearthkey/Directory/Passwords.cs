using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Directory.Hashing;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>
/// Checks and sets passwords. Work on hashes goes through a bounded queue, so that a flood of sign-ins costs waiting time, not the process.
/// </summary>
public sealed class Passwords(IStore store, AuditLog audit, TimeProvider time, IEnumerable<UserEnding> endings)
{
    /// <summary>Shortest password that may be set, in characters (own choice, NIST SP 800-63B §3.1.1.2 as lower bound).</summary>
    public const int MinLength = 8;

    /// <summary>Longest password that is looked at, in bytes of UTF-8: longer ones only cost time (T35).</summary>
    public const int MaxBytes = 1024;

    /// <summary>When to come again after <see cref="PasswordCheck.Busy"/>.</summary>
    public static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(5);

    private readonly HashGate _gate = HashGate.ForThisMachine();

    /// <summary>How many hashes were computed; a test sees by it that unknown names cost the same as wrong passwords.</summary>
    public long Computed => _gate.Entered;

    /// <summary>Checks a password. For nobody (null), or an account without one, a hash is computed all the same.</summary>
    public async ValueTask<PasswordAnswer> VerifyAsync(Account? account, string password, CancellationToken ct)
    {
        if (Encoding.UTF8.GetByteCount(password) > MaxBytes) return new(PasswordCheck.Wrong);
        var pk = account?.Pk ?? 0;
        var (stored, setAt) = await store.ReadAsync(
            db => db.OneAsync($"select password, password_at from users where pk = {pk}", r => (r.TextOrNull(), (DateTimeOffset?)r.Time())), ct);
        using var turn = await _gate.EnterAsync(ct);
        if (turn is null) return new(PasswordCheck.Busy);
        var isSomebody = stored is not null && PasswordHash.IsKnown(stored);
        var hash = isSomebody ? stored! : PasswordHash.Nobody;
        if (!await HashGate.ApartAsync(() => PasswordHash.Verify(hash, password)) || !isSomebody) return new(PasswordCheck.Wrong);
        if (PasswordHash.IsOutdated(hash)) await UpgradeAsync(pk, hash, await HashGate.ApartAsync(() => PasswordHash.Make(password)), ct);
        return new(PasswordCheck.Right, setAt);
    }

    /// <summary>Hashes a new password, before the unit that <see cref="SetAsync"/> is part of; null where too many wait (503).</summary>
    public async ValueTask<HashedPassword?> HashAsync(string password, CancellationToken ct)
    {
        using var turn = await _gate.EnterAsync(ct);
        return turn is null ? null : new(await HashGate.ApartAsync(() => PasswordHash.Make(password)));
    }

    /// <summary>Sets a password inside a unit of work: event, changes, and the end of all sessions and grants of the user.</summary>
    /// <returns>When it was set, which names this password to <see cref="Logins"/>.</returns>
    public async ValueTask<DateTimeOffset> SetAsync(Db db, long pk, HashedPassword password, Actor actor)
    {
        var now = time.GetUtcNow();
        var name = await db.OneAsync(
            $"update users set password = {password.Text}, password_at = {now}, updated_at = {now} where pk = {pk} returning username",
            r => r.Text());
        if (name is null) return now;
        var user = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "user", ["pk"] = pk, ["name"] = name };
        await audit.AppendAsync(db, EventActions.PasswordSet, "authentik.core", actor, new JsonObject { ["user"] = user });
        await db.ChangedAsync(UserChanges.Password, pk.ToString(CultureInfo.InvariantCulture));
        await EndAsync(db, pk);
        return now;
    }

    /// <summary>Why this password may not be set, as a sentence for the person; null where it may.</summary>
    public static string? WhyNot(string password)
    {
        if (password.EnumerateRunes().Count() < MinLength)
            return $"This password is too short. Use at least {MinLength} characters; a few words in a row are good.";
        if (Encoding.UTF8.GetByteCount(password) > MaxBytes) return $"This password is too long. Use at most {MaxBytes} bytes.";
        return CommonPasswords.Contains(password)
            ? "This password is one of those that are tried first. Choose one that only you would think of."
            : null;
    }

    /// <summary>Why this account gets no password, as a sentence for an admin; null where it may have one.</summary>
    /// <param name="type">As in <see cref="Account.Type"/>.</param>
    public static string? WhyNoneFor(string type) => type == Account.ServiceAccount
        ? "A service account signs in with tokens and needs no password: make a token for it, or change its type first."
        : null;

    /// <summary>Ends all sessions and grants of a user inside a unit of work.</summary>
    internal async ValueTask EndAsync(Db db, long pk)
    {
        foreach (var ending in endings) await ending.EndAsync(db, pk);
        await db.ChangedAsync(UserChanges.User, pk.ToString(CultureInfo.InvariantCulture));
        await db.ChangedAsync(UserChanges.End, pk.ToString(CultureInfo.InvariantCulture));
    }

    // a password that was set meanwhile stays
    private Task UpgradeAsync(long pk, string from, string to, CancellationToken ct) =>
        store.WriteAsync(db => db.ExecAsync($"update users set password = {to} where pk = {pk} and password = {from}"), ct);
}
