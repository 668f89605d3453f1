using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using LiveProvider = Hearthkey.Outpost.ProxyProvider;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>Turns codes into sessions, and says who a session speaks for: from memory, by the rules that hold now.</summary>
internal sealed class SignIns(Snapshots snapshots, OidcCore oidc, SignInSessions sessions, People people)
{
    public async ValueTask<CodeExchange> ExchangeAsync(
        LiveProvider provider, string code, string redirectUri, string codeVerifier, CancellationToken ct)
    {
        if (snapshots.Current.Get<ForwardAuthPart>().Base is not { } origin) return CodeExchange.Unavailable;
        try
        {
            var redeemed = await oidc.RedeemAsync(origin, provider.ClientId, code, redirectUri, codeVerifier, ct);
            if (redeemed.Grant is not { } grant) return CodeExchange.Refused(redeemed.Error!);
            if (await sessions.FindByUuidAsync(grant.SessionUuid, ct) is not { } session) return CodeExchange.Refused("invalid_grant");
            var end = session.ExpiresAt < grant.ExpiresAt ? session.ExpiresAt : grant.ExpiresAt;
            return CodeExchange.Granted(int.CreateChecked(grant.UserPk), session.Uuid.ToString(), end);
        }
        catch (StorageUnavailableException)
        {
            return CodeExchange.Unavailable;
        }
    }

    /// <summary>Null where the person is disabled, signed out, or may not open the application.</summary>
    /// <exception cref="StorageUnavailableException">Nobody can say: it is not in memory and the database is away.</exception>
    public async ValueTask<Identity?> IdentityAsync(LiveProvider provider, ProxySession session, CancellationToken ct)
    {
        var snapshot = snapshots.Current;
        if (snapshot.Get<ProvidersPart>().Find(provider.Pk) is not { Application: { } application } registered) return null;
        if (!Guid.TryParse(session.SignInSessionId, out var uuid) || await sessions.FindByUuidAsync(uuid, ct) is not { } signIn) return null;
        if (signIn.UserPk != session.UserKey || await people.FindAsync(session.UserKey, ct) is not { } who) return null;
        return AccessCheck.Decide(snapshot, application, who).IsAllowed ? Identities.Of(snapshot, registered, who) : null;
    }
}
