using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Storage;
using LiveProvider = Hearthkey.Outpost.ProxyProvider;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>Whom programs speak for that send an <c>Authorization</c> header: from memory, by the rules that hold now.</summary>
internal sealed class HeaderLogins(Snapshots snapshots, OidcCore oidc, AppPasswords passwords, Throttle throttle, People people)
{
    public async ValueTask<HeaderAnswer> FindAsync(LiveProvider provider, HeaderAttempt attempt, CancellationToken ct)
    {
        var snapshot = snapshots.Current;
        if (snapshot.Get<ProvidersPart>().Find(provider.Pk) is not { Application: { } application } registered) return HeaderAnswer.None;
        try
        {
            var (owner, end, limits, retryAfter) = await OwnerAsync(snapshot, provider, application, attempt, ct);
            if (retryAfter is { } wait) return HeaderAnswer.TooMany(wait);
            if (owner is null || !AccessCheck.Decide(snapshot, application, owner).IsAllowed) return HeaderAnswer.None;
            return HeaderAnswer.Found(new(Identities.Of(snapshot, registered, owner), int.CreateChecked(owner.Pk), end, limits));
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
        return new(await people.FindAsync(owner.UserPk, snapshot, ct), owner.ExpiresAt, RequestLimits.None, null);
    }

    private async ValueTask<Found> OfPasswordAsync(Snapshot snapshot, Application application, string username, HeaderAttempt attempt, CancellationToken ct)
    {
        var key = AppPasswords.ThrottleKey(username);
        if (attempt.IsCounted && throttle.Waiting(key, attempt.Client, attempt.IsClientCertain) is { } waiting) return new(null, null, RequestLimits.None, waiting);
        var found = await passwords.FindAsync(username, attempt.Secret, snapshot, ct);
        // what may as well be the application's own is no guess
        if (attempt.IsCounted && throttle.Judge(key, attempt.Client, found is not null, attempt.IsClientCertain) is { } wait) return new(null, null, RequestLimits.None, wait);
        if (found is not var (password, owner) || (password.Application is { } only && only != application.Pk)) return default;
        return new(owner, password.ExpiresAt, RequestLimits.Of(password.Methods, password.Paths), null);
    }

    private readonly record struct Found(Account? Owner, DateTimeOffset? EndsAt, RequestLimits Limits, TimeSpan? RetryAfter);
}
