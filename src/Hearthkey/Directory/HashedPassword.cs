namespace Hearthkey.Directory;

/// <summary>A password as the database holds it; made by <see cref="Passwords.HashAsync"/> before the unit that stores it.</summary>
/// <param name="Text">PHC string of Argon2id.</param>
public sealed record HashedPassword(string Text)
{
    public override string ToString() => "(hash)";
}
