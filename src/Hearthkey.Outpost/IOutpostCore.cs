namespace Hearthkey.Outpost;

/// <summary>
/// The one port of this library: everything an outpost needs from the server. The server implements it in process; a standalone outpost
/// will do so over HTTP. No method throws for an expected failure: each has a value that says so.
/// </summary>
public interface IOutpostCore
{
    /// <summary>The configuration in force; replaced as a whole. Read once per request.</summary>
    OutpostConfiguration Configuration { get; }

    /// <summary>
    /// True while what is in memory may be believed: the truth (database or server) was in reach not too long ago. Otherwise everybody is
    /// answered 503. Asked at each check, so it must be quick.
    /// </summary>
    bool MayBelieveMemory { get; }

    /// <summary>Redeems an authorization code as the provider's client, with PKCE S256.</summary>
    ValueTask<CodeExchange> ExchangeCodeAsync(
        ProxyProvider provider, string code, string redirectUri, string codeVerifier, CancellationToken ct);

    /// <summary>Reads a session that is not in memory here. The key is base64url of the SHA-256 of the id (43 characters).</summary>
    ValueTask<SessionLookup> FindSessionAsync(string idHash, CancellationToken ct);

    /// <summary>Stores a new session durably. False when that was not possible: the browser then gets no cookie.</summary>
    ValueTask<bool> SaveSessionAsync(string idHash, ProxySession session, CancellationToken ct);

    /// <summary>Ends every forward-auth session of the user, with all providers and on all nodes.</summary>
    ValueTask EndSessionsAsync(int userKey, CancellationToken ct);

    /// <summary>
    /// Who the session speaks for now, or null when it opens the door no longer: policy, disabled user, sign-in session over. Asked once
    /// per session and configuration, and after <see cref="SessionCache.ForgetUser"/>; answered from memory.
    /// </summary>
    ValueTask<Identity?> IdentityAsync(ProxyProvider provider, ProxySession session, CancellationToken ct);

    /// <summary>
    /// Whom an app password or bearer token speaks for, if they may open the provider's application: the password must be one of the person
    /// named, the token one that was issued to this provider. Slows down guessing. Asked once a minute for each that is in use.
    /// </summary>
    ValueTask<HeaderAnswer> AuthenticateAsync(ProxyProvider provider, HeaderAttempt attempt, CancellationToken ct);

    /// <summary>Takes note of something an operator should see. Must return at once; may be called from any thread.</summary>
    void Report(OutpostReport report);
}
