using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Directory.Hashing;

/// <summary>Django's default: <c>pbkdf2_sha256$iterations$salt$hash</c>, salt as text, hash in base64.</summary>
internal sealed record Pbkdf2Hash(int Iterations, string Salt, byte[] Hash)
{
    // Django 6 uses 1.2 million; more than this would be a trap in an imported file
    private const int MostIterations = 10_000_000;

    public static Pbkdf2Hash? Parse(string text)
    {
        if (text.Split('$') is not ["pbkdf2_sha256", var count, var salt, var hash]) return null;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return null;
        if (iterations is < 1 or > MostIterations) return null;
        var bytes = new byte[32];
        return Convert.TryFromBase64String(hash, bytes, out var length) && length == bytes.Length ? new(iterations, salt, bytes) : null;
    }

    public bool Verify(string password)
    {
        byte[] text = Encoding.UTF8.GetBytes(password), salt = Encoding.UTF8.GetBytes(Salt);
        var made = Rfc2898DeriveBytes.Pbkdf2(text, salt, Iterations, HashAlgorithmName.SHA256, Hash.Length);
        return CryptographicOperations.FixedTimeEquals(made, Hash);
    }
}
