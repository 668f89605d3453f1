namespace Hearthkey.Directory;

/// <summary>An API token in wire shape; its key is shown by <c>view_key</c> alone.</summary>
/// <param name="Managed">Always null: the server makes no tokens of its own that people could edit.</param>
/// <param name="Identifier">Names it in paths: letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Intent"><c>api</c>; app passwords are not built yet.</param>
/// <param name="User">Whose rights it carries.</param>
/// <param name="Expires">When it ends; null where it is not <paramref name="Expiring"/>.</param>
public sealed record Token(
    Guid Pk, string? Managed, string Identifier, string Intent, long User, User? UserObj, string Description, DateTimeOffset? Expires,
    bool Expiring);
