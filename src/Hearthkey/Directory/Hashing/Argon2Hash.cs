using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Hearthkey.Directory.Hashing;

/// <summary>
/// Argon2id (RFC 9106) as PHC string, <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>; Django writes <c>argon2</c> before it.
/// </summary>
internal sealed record Argon2Hash(int Memory, int Passes, int Lanes, byte[] Salt, byte[] Hash)
{
    /// <summary>19 MiB and two passes: the first choice of OWASP's password storage cheat sheet for one lane.</summary>
    public const int MemoryKiB = 19_456;

    private const int OwnPasses = 2;

    // what an imported hash may ask for
    private const int MostMemoryKiB = 262_144, MostPasses = 16, MostLanes = 16;

    public static readonly string Prefix = string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={OwnPasses},p=1$");

    public static string Make(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = new Argon2Hash(MemoryKiB, OwnPasses, 1, salt, new byte[32]).Derive(password);
        return $"{Prefix}{Encode(salt)}${Encode(hash)}";
    }

    public static Argon2Hash? Parse(string text)
    {
        var phc = text.StartsWith("argon2$", StringComparison.Ordinal) ? text["argon2".Length..] : text;
        if (phc.Split('$') is not ["", "argon2id", "v=19", var cost, var salt, var hash]) return null;
        if (cost.Split(',') is not [var m, var t, var p]) return null;
        if (Number(m, "m=", MostMemoryKiB) is not { } memory) return null;
        if (Number(t, "t=", MostPasses) is not { } passes || Number(p, "p=", MostLanes) is not { } lanes) return null;
        if (Decode(salt) is not { Length: >= 8 and <= 64 } saltBytes) return null;
        if (Decode(hash) is not { Length: >= 16 and <= 64 } hashBytes) return null;
        if (memory < 8 * lanes || (hashBytes.Length < 32 && (lanes != 1 || saltBytes.Length != 16))) return null;
        return new(memory, passes, lanes, saltBytes, hashBytes);
    }

    public bool Verify(string password) => CryptographicOperations.FixedTimeEquals(Derive(password), Hash);

    private byte[] Derive(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        // libsodium knows one lane and salts of 16 bytes only
        if (Lanes != 1 || Salt.Length != 16) return Argon2Lanes.Derive(bytes, this);
        var cost = new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = Memory, NumberOfPasses = Passes };
        return PasswordBasedKeyDerivationAlgorithm.Argon2id(cost).DeriveBytes(bytes, Salt, Hash.Length);
    }

    private static int? Number(string text, string name, int most) =>
        text.StartsWith(name, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && n >= 1 && n <= most ? n : null;

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
