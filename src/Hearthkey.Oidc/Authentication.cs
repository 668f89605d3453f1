namespace Hearthkey.Oidc;

/// <summary>Who is signed in at this browser, and since when.</summary>
/// <param name="UserKey">The user's integer key. It never leaves the server: tokens carry <see cref="Subject.Sub"/>.</param>
/// <param name="SessionId">The session's public id, sent to relying parties as <c>sid</c>. Never the secret in the cookie.</param>
/// <param name="AuthTime">When the person last proved who they are.</param>
/// <param name="Amr">How they did (RFC 8176): <c>pwd</c>, <c>mfa</c>, <c>user</c> … Empty when unknown.</param>
public sealed record Authentication(long UserKey, string SessionId, DateTimeOffset AuthTime, IReadOnlyList<string> Amr);
