namespace Hearthkey.Directory;

/// <summary>An app password that somebody has sent, as it is stored.</summary>
/// <param name="Identifier">Its name, for events.</param>
/// <param name="KeyHash">SHA-256 of the password; what hangs on it is kept under this name, and ends when the password is another.</param>
/// <param name="UserPk">Whose it is.</param>
/// <param name="Application">The one application that it opens, by its key; null: any.</param>
/// <param name="Methods">The methods that it is good for; empty: all.</param>
/// <param name="Paths">Patterns of the whole paths that it is good for; empty: all.</param>
public sealed record AppPassword(
    string Identifier, string KeyHash, long UserPk, DateTimeOffset? ExpiresAt, Guid? Application, IReadOnlyList<string> Methods, IReadOnlyList<string> Paths)
{
    /// <summary>Good for some requests only: it can be exchanged for nothing that would be good for others.</summary>
    public bool IsPartial => Methods.Count > 0 || Paths.Count > 0;

    /// <summary>Names the password; its hash is nobody's business.</summary>
    public override string ToString() => Identifier;
}
