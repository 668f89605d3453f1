namespace Hearthkey.Directory.Hashing;

/// <summary>The formats of stored passwords: our own Argon2id, and what a Django application brings along.</summary>
internal static class PasswordHash
{
    /// <summary>A hash of no password, with our own cost: what is verified where there is nobody.</summary>
    public static string Nobody { get; } = Argon2Hash.Make("nobody");

    public static string Make(string password) => Argon2Hash.Make(password);

    public static bool IsKnown(string hash) => Argon2Hash.Parse(hash) is not null || Pbkdf2Hash.Parse(hash) is not null;

    /// <summary>Verified once more, it is stored anew with our own algorithm and cost.</summary>
    public static bool IsOutdated(string hash) => !hash.StartsWith(Argon2Hash.Prefix, StringComparison.Ordinal);

    public static bool Verify(string hash, string password)
    {
        if (Argon2Hash.Parse(hash) is { } argon2) return argon2.Verify(password);
        return Pbkdf2Hash.Parse(hash) is { } pbkdf2 && pbkdf2.Verify(password);
    }
}
