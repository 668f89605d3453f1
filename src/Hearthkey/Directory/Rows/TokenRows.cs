using System.Text.Json;
using Hearthkey.Keys;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Rows;

/// <summary>The table <c>token</c>: a key is stored as its hash, to find it, and under the master key, to show it.</summary>
internal static class TokenRows
{
    public static readonly Table<Token> Table = new(
        SqlText.Constant("token"),
        SqlText.Constant("token_uuid, identifier, intent, user_pk, description, expiring, expires_at, managed, limit_application, limit_methods, limit_paths"),
        t => $"{t.Pk}, {t.Identifier}, {t.Intent}, {t.User}, {t.Description}, {t.Expiring}, {t.Expires}, {t.Managed}, {t.LimitApplication}, {Text(t.LimitMethods)}, {Text(t.LimitPaths)}",
        Read);

    public static readonly IReadOnlyList<Filter> Filters =
    [
        Filter.Text("identifier", v => $"identifier = {v}"),
        Filter.Text("description", v => $"description = {v}"),
        Filter.Text("intent", v => $"intent = {v}"),
        Filter.Text("managed", v => $"managed = {v}"),
        Filter.Flag("expiring", v => $"expiring = {v}"),
        Filter.Time("expires", v => $"expires_at = {v}"),
        Filter.Text("user__username", v => $"user_pk in (select pk from users where username_key = {NameKey.Of(v)})"),
    ];

    public static readonly IReadOnlyList<Ordering> Orderings =
    [
        Ordering.By("identifier"),
        new("expires", SqlText.Constant("coalesce(expires_at, 0)")),
        Ordering.By("expiring"),
        Ordering.By("intent"),
        Ordering.By("description"),
        new("managed", SqlText.Constant("coalesce(managed, '')")),
        new("user__username", SqlText.Constant("(select username_key from users where pk = user_pk)")),
    ];

    public static Sql Search(string text)
    {
        var part = Filter.Contains(text);
        return $@"lower(identifier) like {part} escape '\' or lower(description) like {part} escape '\'
            or user_pk in (select pk from users where username_key like {Filter.Contains(NameKey.Of(text))} escape '\')";
    }

    public static async ValueTask InsertAsync(Db db, Vault vault, Token token, string key, DateTimeOffset now) => await db.ExecAsync(
        $"""
        insert into token ({Table.Columns}, key_hash, key_secret, created_at)
        values ({Table.Values(token)}, {OpaqueSecret.Hash(key)}, {vault.Protect(Place(token.Pk), key)}, {now})
        """);

    public static async ValueTask SetKeyAsync(Db db, Vault vault, Guid token, string key) => await db.ExecAsync(
        $"""
        update token set key_hash = {OpaqueSecret.Hash(key)}, key_secret = {vault.Protect(Place(token), key)} where token_uuid = {token}
        """);

    public static async ValueTask<string> KeyAsync(Db db, Vault vault, Guid token) =>
        vault.Open(Place(token), (await db.OneAsync($"select key_secret from token where token_uuid = {token}", r => r.Bytes()))!);

    private static Token Read(Row r)
    {
        Guid pk = r.Guid();
        string identifier = r.Text(), intent = r.Text();
        var user = r.Long();
        var description = r.Text();
        var isExpiring = r.Bool();
        var expires = r.TimeOrNull();
        return new(pk, r.TextOrNull(), identifier, intent, user, null, description, expires, isExpiring)
        {
            LimitApplication = r.GuidOrNull(),
            LimitMethods = TextsOrNull(r),
            LimitPaths = TextsOrNull(r),
        };
    }

    private static IReadOnlyList<string>? TextsOrNull(Row r) => Texts(r) is { Count: > 0 } texts ? texts : null;

    /// <summary>A list of texts as it is stored.</summary>
    public static IReadOnlyList<string> Texts(Row r) => JsonSerializer.Deserialize(r.Json(), DirectoryJson.Default.IReadOnlyListString)!;

    private static Json Text(IReadOnlyList<string>? texts) => new(JsonSerializer.Serialize(texts ?? [], DirectoryJson.Default.IReadOnlyListString));

    private static string Place(Guid token) => $"token/{token:D}/key_secret";
}
