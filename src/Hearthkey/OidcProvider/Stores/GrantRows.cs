using System.Globalization;
using System.Text;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>The SQL of the tables <c>oauth_grant</c> and <c>refresh_token</c>.</summary>
internal static class GrantRows
{
    private static readonly SqlText _columns = SqlText.Constant(
        "g.pk, g.provider_pk, g.user_pk, g.session_uuid, g.secret_hash, g.scope, g.auth_at, g.amr, g.nonce, g.created_at, g.expires_at");

    public static async ValueTask InsertAsync(Db db, StoredGrant stored, IssuedTokens tokens)
    {
        var grant = stored.Grant;
        var who = grant.Authentication;
        await db.ExecAsync(
            $"""
            insert into oauth_grant (pk, provider_pk, user_pk, session_uuid, secret_hash, scope, is_offline, auth_at, amr, nonce, created_at, expires_at,
            access_claims, access_expires_at)
            values ({grant.Key}, {stored.ProviderPk}, {who.UserKey}, {stored.SessionUuid}, {grant.SecretHash}, {string.Join(' ', grant.Scopes)}, {grant.IsOffline},
            {who.AuthTime}, {string.Join(' ', who.Amr)}, {grant.Nonce}, {grant.CreatedAt}, {stored.ExpiresAt},
            {AccessClaims(tokens)}, {tokens.AccessTokenExpiresAt})
            """);
        await InsertRefreshTokenAsync(db, grant.Key, tokens, grant.CreatedAt);
    }

    public static ValueTask<StoredGrant?> FindAsync(Db db, long pk, DateTimeOffset now, Func<long, string?> clientIdOf) =>
        db.OneAsync($"select {_columns} from oauth_grant g where g.pk = {pk} and g.expires_at > {now}", r => Read(r, clientIdOf));

    /// <summary>The grant that programs have for this; the newest, should two have been made at once.</summary>
    public static ValueTask<StoredGrant?> FindStandingAsync(
        Db db, long providerPk, long userPk, string? secretHash, IReadOnlyList<string> scopes, DateTimeOffset now, Func<long, string?> clientIdOf) => db.OneAsync(
        $"""
        select {_columns} from oauth_grant g where g.user_pk = {userPk} and g.provider_pk = {providerPk}
        and g.session_uuid is null and coalesce(g.secret_hash, '') = {secretHash ?? ""} and g.scope = {string.Join(' ', scopes)}
        and g.expires_at > {now} order by g.pk desc limit 1
        """,
        r => Read(r, clientIdOf));

    /// <summary>The refresh token with its grant.</summary>
    public static async ValueTask<(StoredGrant Grant, DateTimeOffset ExpiresAt, bool WasRotated)?> FindByRefreshTokenAsync(
        Db db, string tokenHash, Func<long, string?> clientIdOf)
    {
        var token = await db.OneAsync(
            $"select grant_pk, expires_at, rotated_at from refresh_token where token_hash = {tokenHash}",
            r => ((long GrantPk, DateTimeOffset ExpiresAt, bool WasRotated)?)(r.Long(), r.Time(), r.LongOrNull() is not null));
        if (token is not { } found) return null;
        var grant = await db.OneAsync($"select {_columns} from oauth_grant g where g.pk = {found.GrantPk}", r => Read(r, clientIdOf));
        return grant is null ? null : (grant, found.ExpiresAt, found.WasRotated);
    }

    /// <summary>Takes the refresh token out of use; null where it was out of use already, or there is none. Its grant is locked until the unit ends.</summary>
    public static ValueTask<long?> RotateAsync(Db db, string tokenHash, DateTimeOffset now) => db.OneAsync(
        $"update refresh_token set rotated_at = {now} where token_hash = {tokenHash} and rotated_at is null returning grant_pk", r => (long?)r.Long());

    /// <summary>The grant of a refresh token that is in use and stays so.</summary>
    public static ValueTask<long?> GrantOfLiveAsync(Db db, string tokenHash) => db.OneAsync(
        $"select grant_pk from refresh_token where token_hash = {tokenHash} and rotated_at is null", r => (long?)r.Long());

    public static async ValueTask<bool> IsKnownAsync(Db db, string tokenHash) =>
        await db.OneAsync($"select count(*) from refresh_token where token_hash = {tokenHash}", r => r.Long()) != 0;

    public static async ValueTask InsertRefreshTokenAsync(Db db, long grantPk, IssuedTokens tokens, DateTimeOffset now)
    {
        if (tokens.RefreshTokenHash is not { } hash) return;
        await db.ExecAsync(
            $"""
            insert into refresh_token (token_hash, grant_pk, created_at, expires_at, rotated_at)
            values ({hash}, {grantPk}, {now}, {tokens.RefreshTokenExpiresAt!.Value}, {(DateTimeOffset?)null})
            """);
    }

    /// <summary>Remembers the last access token, and that the grant lives as long as its tokens. False where the grant is gone.</summary>
    public static async ValueTask<bool> RenewAsync(Db db, long pk, IssuedTokens tokens)
    {
        var last = Last(tokens);
        return await db.ExecAsync(
            $"""
            update oauth_grant set access_claims = {AccessClaims(tokens)}, access_expires_at = {tokens.AccessTokenExpiresAt},
            expires_at = case when expires_at < {last} then {last} else expires_at end where pk = {pk}
            """) > 0;
    }

    public static ValueTask<List<long>> EndAsync(Db db, long pk) => EndedAsync(db, $"delete from oauth_grant where pk = {pk} returning pk");

    public static ValueTask<List<long>> EndAllAsync(Db db, long userPk) =>
        EndedAsync(db, $"delete from oauth_grant where user_pk = {userPk} returning pk");

    /// <summary>The codes and grants that a session has at one provider, but for offline ones.</summary>
    public static async ValueTask<List<long>> EndAsync(Db db, long providerPk, Guid session)
    {
        await db.ExecAsync($"delete from authorization_code where provider_pk = {providerPk} and session_uuid = {session} and grant_pk is null");
        return await EndedAsync(db,
            $"delete from oauth_grant where provider_pk = {providerPk} and session_uuid = {session} and is_offline = {false} returning pk");
    }

    public static async ValueTask<int> SweepAsync(Db db, DateTimeOffset now, long batch) =>
        await db.ExecAsync($"delete from oauth_grant where pk in (select pk from oauth_grant where expires_at < {now} limit {batch})")
        + await db.ExecAsync($"delete from refresh_token where token_hash in (select token_hash from refresh_token where expires_at < {now} limit {batch})");

    /// <summary>When the last of these tokens is dead.</summary>
    public static DateTimeOffset Last(IssuedTokens tokens) =>
        tokens.RefreshTokenExpiresAt is { } refresh && refresh > tokens.AccessTokenExpiresAt ? refresh : tokens.AccessTokenExpiresAt;

    private static async ValueTask<List<long>> EndedAsync(Db db, Sql delete)
    {
        var ended = await db.ListAsync(delete, r => r.Long());
        foreach (var pk in ended) await db.ChangedAsync(GrantChanges.End, pk.ToString(CultureInfo.InvariantCulture));
        return ended;
    }

    private static Json AccessClaims(IssuedTokens tokens) => new(Encoding.UTF8.GetString(tokens.AccessTokenClaims.Span));

    private static StoredGrant? Read(Row r, Func<long, string?> clientIdOf)
    {
        var (pk, providerPk, userPk, session, secret, scope) = (r.Long(), r.Long(), r.Long(), r.GuidOrNull(), r.TextOrNull(), r.Text());
        var (authAt, amr, nonce, createdAt, expiresAt) = (r.Time(), r.Text(), r.TextOrNull(), r.Time(), r.Time());
        if (clientIdOf(providerPk) is not { } clientId) return null;
        var grant = new Grant
        {
            Key = pk,
            ClientId = clientId,
            Authentication = new(userPk, session is { } uuid ? SessionNames.Sid(uuid) : "", authAt, SessionNames.Words(amr)),
            Scopes = SessionNames.Words(scope),
            Nonce = nonce,
            SecretHash = secret,
            CreatedAt = createdAt,
        };
        return new(grant, providerPk, session, expiresAt);
    }
}
