using System.Text.Json;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>The SQL of the table <c>authorization_code</c>.</summary>
internal static class CodeRows
{
    public static async ValueTask InsertAsync(Db db, string codeHash, AuthorizationCode code, long providerPk, Guid session)
    {
        var who = code.Authentication;
        var request = new CodeRequest(
            code.RedirectUri,
            string.Join(' ', code.Scopes),
            code.Nonce,
            code.CodeChallenge,
            code.CodeChallengeMethod == CodeChallengeMethod.S256,
            code.IssuedAt.ToUnixTimeMilliseconds(),
            who.AuthTime.ToUnixTimeMilliseconds(),
            string.Join(' ', who.Amr));
        var json = new Json(JsonSerializer.Serialize(request, OidcProviderJson.Default.CodeRequest));
        await db.ExecAsync(
            $"""
            insert into authorization_code (code_hash, provider_pk, user_pk, session_uuid, request, expires_at, grant_pk, keep_until)
            values ({codeHash}, {providerPk}, {who.UserKey}, {session}, {json}, {code.ExpiresAt}, {(long?)null}, {code.ExpiresAt})
            """);
    }

    /// <param name="clientIdOf">The client of a provider's key; a code of a provider that is none any more is no code.</param>
    public static ValueTask<StoredCode?> FindAsync(Db db, string codeHash, Func<long, string?> clientIdOf) => db.OneAsync(
        $"select provider_pk, user_pk, session_uuid, request, expires_at, grant_pk from authorization_code where code_hash = {codeHash}",
        r => Read(r, clientIdOf));

    public static ValueTask<Guid?> SessionAsync(Db db, string codeHash) =>
        db.OneAsync($"select session_uuid from authorization_code where code_hash = {codeHash}", r => (Guid?)r.Guid());

    /// <summary>Marks the code redeemed; false where somebody did so before, or there is none.</summary>
    public static async ValueTask<bool> RedeemAsync(Db db, string codeHash, long grantPk, DateTimeOffset keepUntil) => await db.ExecAsync(
        $"update authorization_code set grant_pk = {grantPk}, keep_until = {keepUntil} where code_hash = {codeHash} and grant_pk is null") > 0;

    /// <summary>Ends the codes of a person that nobody has redeemed.</summary>
    public static async ValueTask EndAllAsync(Db db, long userPk) =>
        await db.ExecAsync($"delete from authorization_code where user_pk = {userPk} and grant_pk is null");

    public static ValueTask<long?> RedeemedAsAsync(Db db, string codeHash) =>
        db.OneAsync($"select grant_pk from authorization_code where code_hash = {codeHash}", r => r.LongOrNull());

    public static async ValueTask<int> SweepAsync(Db db, DateTimeOffset now, long batch) => await db.ExecAsync(
        $"delete from authorization_code where code_hash in (select code_hash from authorization_code where keep_until < {now} limit {batch})");

    private static StoredCode? Read(Row r, Func<long, string?> clientIdOf)
    {
        var (clientId, userPk, session) = (clientIdOf(r.Long()), r.Long(), r.Guid());
        var request = JsonSerializer.Deserialize(r.Json(), OidcProviderJson.Default.CodeRequest)!;
        var (expiresAt, grantPk) = (r.Time(), r.LongOrNull());
        if (clientId is null) return null;
        return new(
            new()
            {
                ClientId = clientId,
                Authentication = new(
                    userPk, SessionNames.Sid(session), DateTimeOffset.FromUnixTimeMilliseconds(request.AuthAt), SessionNames.Words(request.Amr)),
                RedirectUri = request.RedirectUri,
                Scopes = SessionNames.Words(request.Scope),
                Nonce = request.Nonce,
                CodeChallenge = request.CodeChallenge,
                CodeChallengeMethod = request.IsS256 ? CodeChallengeMethod.S256 : CodeChallengeMethod.Plain,
                IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(request.IssuedAt),
                ExpiresAt = expiresAt,
            },
            grantPk);
    }
}
