using Hearthkey.Directory;
using Hearthkey.Flows.Start;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>
/// The way back in for an admin: <c>hearthkey admin recover</c> makes a one-time link that sets a new password. Whoever may run it holds the
/// database anyway. It does not depend on flows, which somebody may have broken.
/// </summary>
public sealed class RecoveryLink(IStore store, People people, TimeProvider time)
{
    /// <summary>One hour: it is used by whoever made it (own choice).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Purpose = "recovery";

    /// <summary>Makes a link for an admin; links made for them before end.</summary>
    /// <returns>Path, to be put behind the server's address; or a sentence that says why there is none.</returns>
    public async Task<(string? Path, string? Problem)> CreateAsync(string username, CancellationToken ct)
    {
        var account = await people.FindByLoginAsync(username, byUsername: true, byEmail: false, ct);
        if (account is null) return (null, $"There is no user “{username}”.");
        if (!account.IsSuperuser) return (null, $"“{account.Username}” is no admin. Set their password in the admin interface.");
        if (!account.IsActive) return (null, $"“{account.Username}” is disabled. Recover another admin, who can enable them again.");
        if (!account.MaySignIn) return (null, $"“{account.Username}” is a service account. Recover an admin who is a person.");
        var token = OpaqueSecret.New();
        await store.WriteAsync(async db =>
        {
            await StoredLink.New(Purpose, token, time.GetUtcNow() + Lifetime, account.Pk).SaveAsync(db, Name(account.Pk));
            return true;
        }, ct);
        return ($"/recovery/use-token/{account.Pk}-{token}/", null);
    }

    /// <summary>The admin that the link is for, or null where it is used, expired or none of ours.</summary>
    internal async ValueTask<Account?> FindAsync(string key, CancellationToken ct)
    {
        if (Parse(key) is not { } parsed) return null;
        var isGood = await store.ReadAsync(db => IsGoodAsync(db, parsed.Pk, parsed.Token), ct);
        return isGood && await people.FindAsync(parsed.Pk, ct) is { MaySignIn: true, IsSuperuser: true } account ? account : null;
    }

    /// <summary>Uses the link up inside a unit of work; of two that try, one succeeds.</summary>
    internal async ValueTask<bool> UseAsync(Db db, string key) =>
        Parse(key) is { } parsed && await IsGoodAsync(db, parsed.Pk, parsed.Token) && await StoredLink.UseAsync(db, Name(parsed.Pk));

    /// <summary>A link that lies in somebody's mailbox must not outlive a new password (T33).</summary>
    internal static async ValueTask EndAsync(Db db, long pk) => await StoredLink.UseAsync(db, Name(pk));

    private async ValueTask<bool> IsGoodAsync(Db db, long pk, string token)
    {
        var link = await StoredLink.FindAsync(db, Name(pk));
        return link is not null && link.UserPk == pk && link.ExpiresAt > time.GetUtcNow() && link.Opens(Purpose, token);
    }

    private static (long Pk, string Token)? Parse(string key) =>
        key.IndexOf('-', StringComparison.Ordinal) is var dash and > 0 && long.TryParse(key[..dash], out var pk) ? (pk, key[(dash + 1)..]) : null;

    private static string Name(long pk) => "recovery-link/" + pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture);
}
