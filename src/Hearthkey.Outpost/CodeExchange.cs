namespace Hearthkey.Outpost;

/// <summary>What an authorization code was good for.</summary>
public readonly record struct CodeExchange
{
    /// <summary>The facts of the new session, or null when the code was refused.</summary>
    public SessionGrant? Grant { get; private init; }

    /// <summary>OAuth error code of a refusal, such as <c>invalid_grant</c>; null otherwise.</summary>
    public string? Refusal { get; private init; }

    /// <summary>True when the core could not be asked.</summary>
    public bool IsUnavailable { get; private init; }

    public static CodeExchange Unavailable => new() { IsUnavailable = true };

    public static CodeExchange Granted(int userKey, string signInSessionId, DateTimeOffset expiresAt) =>
        new() { Grant = new SessionGrant(userKey, signInSessionId, expiresAt) };

    public static CodeExchange Refused(string error) => new() { Refusal = error };
}

/// <summary>Who was granted a session, by which sign-in, and until when at most.</summary>
public sealed record SessionGrant(int UserKey, string SignInSessionId, DateTimeOffset ExpiresAt);
