using System.Data.Common;
using Hearthkey.Oidc;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>Codes, grants and refresh tokens in the database, with what was seen lately in memory.</summary>
/// <remarks>
/// A grant is alive while its row is there, and unless it is offline its sign-in session too, or the app password that it hangs on; both are looked at
/// whenever it is used. Its row goes
/// in the unit of work that disables its person or sets a new password, so that a node that was away cannot bring it back. What is in memory is
/// believed as long as <see cref="StaleRule"/> allows.
/// </remarks>
internal sealed class Grants(GrantParts parts, Snapshot snapshot) : IGrants
{
    private readonly IStore _store = parts.Store;
    private readonly GrantMemory _memory = parts.Memory;
    private Guid _session;
    private Func<Db, ValueTask>? _beside;

    /// <summary>The same store, to keep codes that are issued to this session.</summary>
    /// <param name="beside">Written in the unit of work of the code.</param>
    public Grants For(Guid session, Func<Db, ValueTask> beside) =>
        new(parts, snapshot) { _session = session, _beside = beside };

    public ValueTask<long> NextKeyAsync(CancellationToken ct) => parts.Keys.NextAsync(ct);

    public async ValueTask<bool> StoreCodeAsync(string codeHash, AuthorizationCode code, CancellationToken ct)
    {
        var beside = _beside ?? throw new InvalidOperationException("A code is issued to a session.");
        if (Find(code.ClientId) is not { } providerPk) return false;
        try
        {
            await _store.WriteAsync(async db =>
            {
                await CodeRows.InsertAsync(db, codeHash, code, providerPk, _session);
                await beside(db);
                return true;
            }, ct);
        }
        catch (DbException gone) when (gone.IsForeignKey())
        {
            return false;
        }
        _memory.AddCode(codeHash, new(code, _session));
        return true;
    }

    public async ValueTask<StoredCode?> FindCodeAsync(string codeHash, CancellationToken ct) =>
        _memory.FindCode(codeHash) is { } known ? new(known.Code, null) : await _store.ReadAsync(db => CodeRows.FindAsync(db, codeHash, ClientIdOf), ct);

    public async ValueTask<CodeRedemption> RedeemCodeAsync(string codeHash, Grant grant, IssuedTokens tokens, CancellationToken ct)
    {
        if (Find(grant.ClientId) is not { } providerPk) return default;
        var drops = _memory.Drops;
        var last = GrantRows.Last(tokens);
        var issuedTo = _memory.TakeCode(codeHash)?.Session ?? await _store.ReadAsync(db => CodeRows.SessionAsync(db, codeHash), ct);
        // whoever signed out since the code was issued takes the code along
        if (issuedTo is not { } session || await parts.Sessions.FindByUuidAsync(session, ct) is null) return default;
        var (redemption, stored) = await _store.WriteAsync(async db =>
        {
            // what this node remembers may be a second old: the session's row decides
            if (!await SignInSessions.HoldAsync(db, session)) return (default(CodeRedemption), null);
            if (!await CodeRows.RedeemAsync(db, codeHash, grant.Key, last))
                return (await CodeRows.RedeemedAsAsync(db, codeHash) is { } other ? new(Redemption.AlreadyRedeemed, other) : default(CodeRedemption), null);
            var made = new StoredGrant(grant, providerPk, session, last);
            await GrantRows.InsertAsync(db, made, tokens);
            return (new CodeRedemption(Redemption.Redeemed, grant.Key), (StoredGrant?)made);
        }, ct);
        if (stored is not null) _memory.Add(stored, drops);
        return redemption;
    }

    public async ValueTask<StoredRefreshToken?> FindRefreshTokenAsync(string tokenHash, CancellationToken ct)
    {
        if (await _store.ReadAsync(db => GrantRows.FindByRefreshTokenAsync(db, tokenHash, ClientIdOf), ct) is not { } found) return null;
        return await IsAliveAsync(found.Grant, ct) ? new(found.Grant.Grant, found.ExpiresAt, found.WasRotated) : null;
    }

    public async ValueTask<Redemption> RotateRefreshTokenAsync(string tokenHash, IssuedTokens tokens, CancellationToken ct)
    {
        var now = parts.Time.GetUtcNow();
        return await _store.WriteAsync(async db =>
        {
            var grant = tokens.RefreshTokenHash is null ? await GrantRows.GrantOfLiveAsync(db, tokenHash) : await GrantRows.RotateAsync(db, tokenHash, now);
            if (grant is not { } pk) return await GrantRows.IsKnownAsync(db, tokenHash) ? Redemption.AlreadyRedeemed : Redemption.Unknown;
            if (!await GrantRows.RenewAsync(db, pk, tokens)) return Redemption.Unknown;
            await GrantRows.InsertRefreshTokenAsync(db, pk, tokens, now);
            return Redemption.Redeemed;
        }, ct);
    }

    public async ValueTask<Grant?> FindStandingAsync(string clientId, long userKey, string? secretHash, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        if (Find(clientId) is not { } providerPk) return null;
        var now = parts.Time.GetUtcNow();
        var found = await _store.ReadAsync(db => GrantRows.FindStandingAsync(db, providerPk, userKey, secretHash, scopes, now, ClientIdOf), ct);
        return found is not null && await IsAliveAsync(found, ct) ? found.Grant : null;
    }

    public async ValueTask<bool> StoreStandingAsync(Grant grant, bool isNew, IssuedTokens tokens, CancellationToken ct)
    {
        if (Find(grant.ClientId) is not { } providerPk) return false;
        try
        {
            return await _store.WriteAsync(async db =>
            {
                if (!isNew)
                {
                    if (!await GrantRows.RenewAsync(db, grant.Key, tokens)) return false;
                }
                else await GrantRows.InsertAsync(db, new(grant, providerPk, null, GrantRows.Last(tokens)), tokens);
                return true;
            }, ct);
        }
        catch (DbException gone) when (gone.IsForeignKey())
        {
            return false;
        }
    }

    public async ValueTask RevokeGrantAsync(long grantKey, CancellationToken ct) => await _store.WriteAsync(db => GrantRows.EndAsync(db, grantKey), ct);

    public async ValueTask<Grant?> FindActiveAsync(long grantKey, string jti, CancellationToken ct) =>
        await FindAsync(grantKey, ct) is { } stored && await IsAliveAsync(stored, ct) ? stored.Grant : null;

    /// <summary>The grant, whether its session lives or not.</summary>
    public async ValueTask<StoredGrant?> FindAsync(long grantKey, CancellationToken ct)
    {
        var now = parts.Time.GetUtcNow();
        if (_memory.Find(grantKey) is { } known && known.ExpiresAt > now && parts.Rule.MayBelieve) return known;
        var drops = _memory.Drops;
        var read = await _store.ReadAsync(db => GrantRows.FindAsync(db, grantKey, now, ClientIdOf), ct);
        if (read is not null) _memory.Add(read, drops);
        return read;
    }

    private async ValueTask<bool> IsAliveAsync(StoredGrant stored, CancellationToken ct)
    {
        if (stored.SessionUuid is { } session)
        {
            if (!stored.Grant.IsOffline && await parts.Sessions.FindByUuidAsync(session, ct) is null) return false;
        }
        else if (stored.Grant.SecretHash is { } secret && await parts.AppPasswords.FindAsync(secret, ct) is not { IsPartial: false }) return false;
        return await parts.People.FindAsync(stored.Grant.Authentication.UserKey, snapshot, ct) is { IsActive: true } who && who.PasswordAt <= stored.Grant.CreatedAt;
    }

    private long? Find(string clientId) => snapshot.Get<ProvidersPart>().Find(clientId)?.Fields.Pk;

    private string? ClientIdOf(long providerPk) => snapshot.Get<ProvidersPart>().Find(providerPk)?.ClientId;
}
