using System.Globalization;
using System.Text.Json;
using Hearthkey.Directory;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>
/// What an app knows a person by: the claim <c>sub</c>, by the provider's mode. Two people never get one name (OpenID Connect Core §2): where
/// the mode has none that is theirs alone, there is none.
/// </summary>
internal sealed class SubjectNames(Namesakes namesakes)
{
    private const string Email = "user_email";
    private const string Upn = "user_upn";

    public static IReadOnlyList<string> Modes { get; } =
        [OAuth2Providers.HashedUserId, "user_id", "user_uuid", "user_username", Email, Upn];

    public async ValueTask<SubjectName> OfAsync(string mode, Account who, CancellationToken ct) => mode switch
    {
        "user_id" => new(who.Pk.ToString(CultureInfo.InvariantCulture), null),
        "user_uuid" => new(who.Uuid.ToString(), null),
        "user_username" => new(who.Username, null),
        Email when string.IsNullOrWhiteSpace(who.Email) => Missing(who, "e-mail address", mode),
        Email => await namesakes.ShareEmailAsync(who.Email, ct) ? Shared(who, "e-mail address", mode) : new(who.Email, null),
        // without the attribute authentik takes the uid
        Upn when UpnOf(who) is null => new(who.Uid, null),
        Upn when string.IsNullOrWhiteSpace(UpnOf(who)) => Missing(who, "attribute upn", mode),
        Upn => await namesakes.ShareUpnAsync(UpnOf(who)!, ct) ? Shared(who, "attribute upn", mode) : new(UpnOf(who), null),
        _ => new(who.Uid, null),
    };

    private static SubjectName Missing(Account who, string what, string mode) => new(null,
        $"The {what} of {who.Username} is blank, and the app is to know people by it (subject mode {mode}). Fill it in, or choose the subject mode {OAuth2Providers.HashedUserId} for this provider.");

    private static SubjectName Shared(Account who, string what, string mode) => new(null,
        $"{who.Username} has the same {what} as somebody else, so the app would take both for one person (subject mode {mode}). Give each of them their own, or choose the subject mode {OAuth2Providers.HashedUserId} for this provider.");

    private static string? UpnOf(Account who) =>
        who.Attributes.ValueKind == JsonValueKind.Object && who.Attributes.TryGetProperty("upn", out var upn) && upn.ValueKind == JsonValueKind.String
            ? upn.GetString()
            : null;
}

/// <summary>The name of somebody for one app.</summary>
/// <param name="Sub">Null where there is none that is theirs alone.</param>
/// <param name="Problem">Then what is in the way and what to change, for the operator.</param>
internal readonly record struct SubjectName(string? Sub, string? Problem);
