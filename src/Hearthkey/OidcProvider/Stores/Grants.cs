using Hearthkey.Directory;
using Hearthkey.Oidc;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>Codes, grants and refresh tokens in the database, with what was seen lately in memory.</summary>
/// <remarks>
/// A grant is alive while its row is there, and unless it is offline its sign-in session too; both are looked at whenever it is used. Its row goes
/// in the unit of work that disables its person or sets a new password, so that a node that was away cannot bring it back.
/// </remarks>
internal sealed class Grants(
    IStore store, Snapshots snapshots, GrantMemory memory, GrantKeys keys, SignInSessions sessions, People people, TimeProvider time) : IGrants
{
    private Guid _session;
    private Func<Db, ValueTask>? _beside;

    /// <summary>The same store, to keep codes that are issued to this session.</summary>
    /// <param name="beside">Written in the unit of work of the code.</param>
    public Grants For(Guid session, Func<Db, ValueTask> beside) =>
        new(store, snapshots, memory, keys, sessions, people, time) { _session = session, _beside = beside };

    public ValueTask<long> NextKeyAsync(CancellationToken ct) => keys.NextAsync(ct);

    public async ValueTask StoreCodeAsync(string codeHash, AuthorizationCode code, CancellationToken ct)
    {
        var beside = _beside ?? throw new InvalidOperationException("A code is issued to a session.");
        var providerPk = snapshots.Current.Get<ProvidersPart>().Find(code.ClientId)!.Fields.Pk;
        await store.WriteAsync(async db =>
        {
            await CodeRows.InsertAsync(db, codeHash, code, providerPk, _session);
            await beside(db);
            return true;
        }, ct);
        memory.AddCode(codeHash, new(code, _session));
    }

    public async ValueTask<StoredCode?> FindCodeAsync(string codeHash, CancellationToken ct) =>
        memory.FindCode(codeHash) is { } known ? new(known.Code, null) : await store.ReadAsync(db => CodeRows.FindAsync(db, codeHash, ClientIdOf), ct);

    public async ValueTask<CodeRedemption> RedeemCodeAsync(string codeHash, Grant grant, IssuedTokens tokens, CancellationToken ct)
    {
        if (snapshots.Current.Get<ProvidersPart>().Find(grant.ClientId) is not { Fields.Pk: var providerPk }) return default;
        var drops = memory.Drops;
        var last = GrantRows.Last(tokens);
        var issuedTo = memory.TakeCode(codeHash)?.Session ?? await store.ReadAsync(db => CodeRows.SessionAsync(db, codeHash), ct);
        // whoever signed out since the code was issued takes the code along
        if (issuedTo is not { } session || await sessions.FindByUuidAsync(session, ct) is null) return default;
        var (redemption, stored) = await store.WriteAsync(async db =>
        {
            // what this node remembers may be a second old: the session's row decides
            if (!await SignInSessions.HoldAsync(db, session)) return (default(CodeRedemption), null);
            if (!await CodeRows.RedeemAsync(db, codeHash, grant.Key, last))
                return (await CodeRows.RedeemedAsAsync(db, codeHash) is { } other ? new(Redemption.AlreadyRedeemed, other) : default(CodeRedemption), null);
            var made = new StoredGrant(grant, providerPk, session, last);
            await GrantRows.InsertAsync(db, made, tokens);
            return (new CodeRedemption(Redemption.Redeemed, grant.Key), (StoredGrant?)made);
        }, ct);
        if (stored is not null) memory.Add(stored, drops);
        return redemption;
    }

    public async ValueTask<StoredRefreshToken?> FindRefreshTokenAsync(string tokenHash, CancellationToken ct)
    {
        if (await store.ReadAsync(db => GrantRows.FindByRefreshTokenAsync(db, tokenHash, ClientIdOf), ct) is not { } found) return null;
        return await IsAliveAsync(found.Grant, ct) ? new(found.Grant.Grant, found.ExpiresAt, found.WasRotated) : null;
    }

    public async ValueTask<Redemption> RotateRefreshTokenAsync(string tokenHash, IssuedTokens tokens, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await store.WriteAsync(async db =>
        {
            var grant = tokens.RefreshTokenHash is null ? await GrantRows.GrantOfLiveAsync(db, tokenHash) : await GrantRows.RotateAsync(db, tokenHash, now);
            if (grant is not { } pk) return await GrantRows.IsKnownAsync(db, tokenHash) ? Redemption.AlreadyRedeemed : Redemption.Unknown;
            if (!await GrantRows.RenewAsync(db, pk, tokens)) return Redemption.Unknown;
            await GrantRows.InsertRefreshTokenAsync(db, pk, tokens, now);
            return Redemption.Redeemed;
        }, ct);
    }

    public async ValueTask RevokeGrantAsync(long grantKey, CancellationToken ct) => await store.WriteAsync(db => GrantRows.EndAsync(db, grantKey), ct);

    public async ValueTask<Grant?> FindActiveAsync(long grantKey, string jti, CancellationToken ct) =>
        await FindAsync(grantKey, ct) is { } stored && await IsAliveAsync(stored, ct) ? stored.Grant : null;

    /// <summary>The grant, whether its session lives or not.</summary>
    public async ValueTask<StoredGrant?> FindAsync(long grantKey, CancellationToken ct)
    {
        if (memory.Find(grantKey) is { } known) return known;
        var drops = memory.Drops;
        var now = time.GetUtcNow();
        var read = await store.ReadAsync(db => GrantRows.FindAsync(db, grantKey, now, ClientIdOf), ct);
        if (read is not null) memory.Add(read, drops);
        return read;
    }

    private async ValueTask<bool> IsAliveAsync(StoredGrant stored, CancellationToken ct)
    {
        if (!stored.Grant.IsOffline && await sessions.FindByUuidAsync(stored.SessionUuid, ct) is null) return false;
        return await people.FindAsync(stored.Grant.Authentication.UserKey, ct) is { IsActive: true } who && who.PasswordAt <= stored.Grant.CreatedAt;
    }

    private string? ClientIdOf(long providerPk) => snapshots.Current.Get<ProvidersPart>().Find(providerPk)?.ClientId;
}
