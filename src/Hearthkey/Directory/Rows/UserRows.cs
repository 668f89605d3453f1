using System.Security.Cryptography;
using System.Text.Json;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Directory.Rows;

/// <summary>The table <c>users</c>, but for the password.</summary>
internal static class UserRows
{
    public const string StartPath = "users";

    public static readonly Table<User> Table = new(
        SqlText.Constant("users"),
        SqlText.Constant(
            """
            pk, uuid, uid, username, username_key, name, name_key, email, email_key, is_active, type, path, attributes, password_at,
            last_login_at, joined_at, updated_at
            """),
        u => $"""
            {u.Pk}, {u.Uuid}, {u.Uid}, {u.Username}, {NameKey.Of(u.Username)}, {u.Name}, {NameKey.Of(u.Name)}, {u.Email ?? ""},
            {NameKey.Of(u.Email ?? "")}, {u.IsActive}, {u.Type}, {u.Path}, {new Json(u.Attributes.GetRawText())}, {u.PasswordChangeDate},
            {u.LastLogin}, {u.DateJoined}, {u.LastUpdated}
            """,
        Read);

    public static readonly JsonElement NoAttributes = JsonElement.Parse("{}");

    public static readonly string Avatar = Assets.Url("avatar.svg");

    /// <summary>A user as defaults make one; the key comes later.</summary>
    public static User New(DateTimeOffset now) => new(
        0, "", "", true, null, now, false, [], null, [], null, null, Avatar, NoAttributes,
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), StartPath, "internal", RandomUuid(), now, now);

    private static User Read(Row r)
    {
        long pk = r.Long();
        Guid uuid = r.Guid();
        string uid = r.Text(), username = r.Text();
        r.Text();
        var name = r.Text();
        r.Text();
        var email = Blank.ToNull(r.Text());
        r.Text();
        bool isActive = r.Bool();
        string type = r.Text(), path = r.Text();
        var attributes = JsonElement.Parse(r.Json());
        var passwordAt = r.Time();
        return new(
            pk, username, name, isActive, r.TimeOrNull(), r.Time(), false, [], null, [], null, email, Avatar, attributes, uid, path, type,
            uuid, passwordAt, r.Time());
    }

    // apps see it: version 4 tells nobody when the user was made (RFC 9562 §5.4)
    private static Guid RandomUuid()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
