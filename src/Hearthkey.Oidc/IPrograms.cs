namespace Hearthkey.Oidc;

/// <summary>Port: whom a request without a browser speaks for (RFC 6749 §4.3, §4.4).</summary>
public interface IPrograms
{
    /// <summary>The client's own identity, made at its first use; null where there can be none.</summary>
    ValueTask<ProgramIdentity?> OwnAsync(Client client, CancellationToken ct);

    /// <summary>Whose app password this is; null where name or password is wrong, over or disabled. What it costs must not depend on the name.</summary>
    ValueTask<ProgramIdentity?> FindAsync(Client client, string username, string password, CancellationToken ct);
}

/// <summary>Whom a program speaks for.</summary>
/// <param name="UserKey">The user's integer key.</param>
/// <param name="SecretHash">SHA-256 of the app password that proved it, in lower-case hex: grants hang on it. Null for the client itself.</param>
/// <param name="EndsAt">When that password ends, and all that comes of it; null: never.</param>
/// <param name="WhyNot">The password is right, but not for this client, or not for tokens; a sentence for the operator.</param>
public sealed record ProgramIdentity(long UserKey, string? SecretHash = null, DateTimeOffset? EndsAt = null, string? WhyNot = null);
