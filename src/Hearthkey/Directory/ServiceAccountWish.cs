using System.Text.Json.Serialization;

namespace Hearthkey.Directory;

/// <summary>What somebody asks for who makes an account for a program.</summary>
/// <param name="CreateGroup">A group of the same name too, with the account in it.</param>
/// <param name="Expires">When its app password ends; null: when tokens end.</param>
internal sealed record ServiceAccountWish(string Name, bool CreateGroup, bool Expiring, DateTimeOffset? Expires)
{
    public Token ToToken(Guid uuid, User user, DateTimeOffset expiry) =>
        new(uuid, null, $"service-account-{user.Pk}-password", Token.AppPassword, user.Pk, null, "", Expiring ? Expires ?? expiry : null, Expiring);
}

/// <summary>The account that was made, in wire shape: the one time that its app password is told.</summary>
/// <param name="Token">The app password.</param>
/// <param name="GroupPk">Null where none was asked for.</param>
internal sealed record ServiceAccountMade(
    string Username, string Token, string UserUid, long UserPk, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? GroupPk)
{
    /// <summary>Names the account; a record's own text would show the password.</summary>
    public override string ToString() => Username;
}
