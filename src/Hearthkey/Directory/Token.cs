using System.Text.Json.Serialization;

namespace Hearthkey.Directory;

/// <summary>An API token or app password in wire shape; its key is shown by <c>view_key</c> alone.</summary>
/// <param name="Managed">Always null: the server makes no tokens of its own that people could edit.</param>
/// <param name="Identifier">Names it in paths: letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Intent"><c>api</c>, or <c>app_password</c>: what a program sends in place of its person's password.</param>
/// <param name="User">Whose rights it carries.</param>
/// <param name="Expires">When it ends; null where it is not <paramref name="Expiring"/>.</param>
public sealed record Token(
    Guid Pk, string? Managed, string Identifier, string Intent, long User, User? UserObj, string Description, DateTimeOffset? Expires,
    bool Expiring)
{
    /// <summary>The API.</summary>
    public const string Api = "api";

    /// <summary>Programs that open applications for their person.</summary>
    public const string AppPassword = "app_password";

    /// <summary>The one application that an app password opens; null: whatever its person may open. Ours, not authentik's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? LimitApplication { get; init; }

    /// <summary>The request methods that an app password is good for; null: all. Ours, not authentik's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LimitMethods { get; init; }

    /// <summary>Regular expressions of the paths that an app password is good for, each of the whole path; null: all. Ours, not authentik's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LimitPaths { get; init; }
}
