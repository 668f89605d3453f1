using System.Text.Json;
using Hearthkey.Directory.Accounts;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>A person or service as requests see it, from memory.</summary>
/// <param name="Uid">The hashed-id subject: made once, never recomputed.</param>
/// <param name="Type"><c>internal</c>, <c>external</c>, <c>service_account</c> or <c>internal_service_account</c>.</param>
/// <param name="Attributes">The user's own, a JSON object.</param>
/// <param name="Groups">Direct groups and all their ancestors, by name.</param>
/// <param name="PasswordAt">When the password was last set.</param>
/// <param name="HasPassword">False until a first one is set.</param>
public sealed record Account(
    long Pk, Guid Uuid, string Uid, string Username, string Name, string Email, bool IsActive, string Type, JsonElement Attributes,
    IReadOnlyList<GroupNode> Groups, bool IsSuperuser, DateTimeOffset PasswordAt, bool HasPassword)
{
    /// <summary>The type of programs: they have tokens, and no page lets them in (docs/decisions/0007-service-accounts.md).</summary>
    public const string ServiceAccount = "service_account";

    /// <summary>May be at a browser: active, and no program.</summary>
    public bool MaySignIn => IsOneWhoMaySignIn(IsActive, Type);

    /// <summary>The same as a condition on rows of <c>users</c>.</summary>
    internal static readonly SqlText RowMaySignIn = SqlText.Constant("is_active and type <> 'service_account'");

    internal static bool IsOneWhoMaySignIn(bool isActive, string type) => isActive && type != ServiceAccount;

    /// <summary>What one person is called by the throttle, however they typed their name.</summary>
    public string ThrottleKey => NameKey.Of(Username);

    /// <summary>
    /// The attributes of the groups in the order of their names, then the user's own: objects are merged, lists joined, others replaced.
    /// </summary>
    public JsonElement MergedAttributes() => AttributeMerge.Of([.. Groups.Select(g => g.Attributes), Attributes]);

    /// <summary>The same without anything secret or long: for logs.</summary>
    public override string ToString() => $"{Username} ({Pk})";
}
