namespace Hearthkey.Oidc;

/// <summary>Port: the people, as one client may see them.</summary>
public interface ISubjects
{
    /// <summary>The subject with the claims of these scopes; null when the user is gone, disabled, may no longer open the
    /// application, or has no name there that is theirs alone.</summary>
    /// <remarks>Asked at every code redemption, refresh and userinfo call: what it answers decides whether tokens are issued.</remarks>
    ValueTask<Subject?> FindAsync(long userKey, Client client, IReadOnlyList<string> scopes, CancellationToken ct);
}
