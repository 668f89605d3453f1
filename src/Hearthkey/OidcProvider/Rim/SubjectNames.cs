using System.Globalization;
using System.Text.Json;
using Hearthkey.Directory;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>What an app knows a person by: the claim <c>sub</c>, by the provider's mode.</summary>
internal static class SubjectNames
{
    public static IReadOnlyList<string> Modes { get; } =
        [OAuth2Providers.HashedUserId, "user_id", "user_uuid", "user_username", "user_email", "user_upn"];

    public static string Of(string mode, Account who) => mode switch
    {
        "user_id" => who.Pk.ToString(CultureInfo.InvariantCulture),
        "user_uuid" => who.Uuid.ToString(),
        "user_username" => who.Username,
        "user_email" => who.Email,
        "user_upn" => Upn(who) ?? who.Uid,
        _ => who.Uid,
    };

    private static string? Upn(Account who) =>
        who.Attributes.ValueKind == JsonValueKind.Object && who.Attributes.TryGetProperty("upn", out var upn) && upn.ValueKind == JsonValueKind.String
            ? upn.GetString()
            : null;
}
