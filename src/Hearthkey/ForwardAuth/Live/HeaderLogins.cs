using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.ForwardAuth.Reporting;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Storage;
using LiveProvider = Hearthkey.Outpost.ProxyProvider;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>Whom programs speak for that send an <c>Authorization</c> header: from memory, by the rules that hold now.</summary>
internal sealed class HeaderLogins(Snapshots snapshots, OidcCore oidc, AppPasswords passwords, Throttle throttle, People people, ProgramLogins logins)
{
    public async ValueTask<HeaderAnswer> FindAsync(LiveProvider provider, HeaderAttempt attempt, CancellationToken ct)
    {
        var snapshot = snapshots.Current;
        if (snapshot.Get<ProvidersPart>().Find(provider.Pk) is not { Application: { } application } registered) return HeaderAnswer.None;
        try
        {
            var found = await OwnerAsync(snapshot, provider, application, attempt, ct);
            if (found.RetryAfter is { } wait) return HeaderAnswer.TooMany(wait);
            if (found.Owner is not { } owner || !AccessCheck.Decide(snapshot, application, owner).IsAllowed) return HeaderAnswer.None;
            logins.Add(new(found.Key, found.Password, owner, application, attempt.Client));
            return HeaderAnswer.Found(new(Identities.Of(snapshot, registered, owner), int.CreateChecked(owner.Pk), found.EndsAt, found.Limits));
        }
        catch (StorageUnavailableException)
        {
            return HeaderAnswer.Unavailable;
        }
    }

    private async ValueTask<Found> OwnerAsync(Snapshot snapshot, LiveProvider provider, Application application, HeaderAttempt attempt, CancellationToken ct)
    {
        if (attempt.Username is null or HeaderAttempt.TokenName && await OfTokenAsync(snapshot, provider, attempt.Secret, ct) is { Owner: not null } found)
            return found;
        return attempt.Username is { } username ? await OfPasswordAsync(snapshot, application, username, attempt, ct) : default;
    }

    private async ValueTask<Found> OfTokenAsync(Snapshot snapshot, LiveProvider provider, string token, CancellationToken ct)
    {
        if (snapshot.Get<ForwardAuthPart>().Base is not { } origin || await oidc.FindAsync(origin, provider.ClientId, token, ct) is not { } owner) return default;
        return new(await people.FindAsync(owner.UserPk, snapshot, ct), owner.ExpiresAt, RequestLimits.None, $"grant/{owner.GrantPk}", null);
    }

    private async ValueTask<Found> OfPasswordAsync(Snapshot snapshot, Application application, string username, HeaderAttempt attempt, CancellationToken ct)
    {
        var key = AppPasswords.ThrottleKey(username);
        if (attempt.IsCounted && throttle.Waiting(key, attempt.Client, attempt.IsClientCertain) is { } waiting) return Found.Later(waiting);
        var found = await passwords.FindAsync(username, attempt.Secret, snapshot, ct);
        // what may as well be the application's own is no guess
        if (attempt.IsCounted && throttle.Judge(key, attempt.Client, found is not null, attempt.IsClientCertain) is { } wait) return Found.Later(wait);
        if (found is not var (password, owner) || (password.Application is { } only && only != application.Pk)) return default;
        return new(owner, password.ExpiresAt, RequestLimits.Of(password.Methods, password.Paths), password.Identifier, password.Identifier);
    }

    /// <param name="Key">What was shown, see <see cref="ProgramLogin"/>.</param>
    private readonly record struct Found(Account? Owner, DateTimeOffset? EndsAt, RequestLimits Limits, string Key, string? Password, TimeSpan? RetryAfter = null)
    {
        public static Found Later(TimeSpan wait) => new(null, null, RequestLimits.None, "", null, wait);
    }
}
