namespace Hearthkey.Oidc.Token;

/// <summary>An access token that was found good.</summary>
/// <param name="Client">The client that it was issued to, which is also its audience.</param>
/// <param name="Grant">The live grant behind it.</param>
/// <param name="Subject">Its <c>sub</c>.</param>
/// <param name="Scopes">Its own scopes as far as the grant has them; they may be fewer.</param>
/// <param name="Jti">Its id.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record AccessToken(
    Client Client, Grant Grant, string Subject, IReadOnlyList<string> Scopes, string Jti, DateTimeOffset ExpiresAt)
{
    /// <summary>Its <c>iat</c>, as seconds since 1970; null where it has none.</summary>
    public long? IssuedAt { get; init; }
}
