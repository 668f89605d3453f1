namespace Hearthkey.Sessions;

/// <summary>One browser that a person is signed in with.</summary>
/// <param name="IdHash">SHA-256 of the id in the cookie, in hex; changes whenever the person proves themselves again.</param>
/// <param name="Uuid">Names the session to others: grants and forward-auth sessions hang on it. Stays when the id changes.</param>
/// <param name="AuthAt">When the person last proved who they are in this session (<c>auth_time</c>).</param>
/// <param name="Amr">How, as authentication method references separated by blanks (RFC 8176), such as <c>pwd</c>.</param>
/// <param name="ExpiresAt">Ends then, however much it is used.</param>
/// <param name="Idle">Ends when it was not used for so long.</param>
/// <param name="IsKept">The browser keeps the cookie until then, also when it is closed.</param>
public sealed record SignInSession(
    string IdHash, Guid Uuid, long UserPk, DateTimeOffset CreatedAt, DateTimeOffset AuthAt, string Amr, DateTimeOffset ExpiresAt, TimeSpan Idle,
    bool IsKept);
