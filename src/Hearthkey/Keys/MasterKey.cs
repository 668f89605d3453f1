using System.Security.Cryptography;
using System.Text;
using Hearthkey.Hosting;

namespace Hearthkey.Keys;

/// <summary>
/// The key from which all others of this installation come: <c>SECRET_KEY</c>, or <c>DATA/secret.key</c>, made at the first start and readable
/// by its owner only. Whoever loses it loses every secret that must be read back, so it is never made anew beside an existing database.
/// </summary>
public sealed class MasterKey
{
    private const string FileName = "secret.key";

    private readonly byte[] _root;

    private MasterKey(string text)
    {
        _root = HKDF.Extract(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(text), "hearthkey"u8.ToArray());
        Id = Convert.ToHexStringLower(Derive("id")[..8]);
    }

    /// <summary>Names the key without telling it: 16 hex digits, stored beside what it protects.</summary>
    public string Id { get; }

    /// <summary>A key of 32 bytes for one purpose (RFC 5869 §2.3).</summary>
    public byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _root, 32, Encoding.UTF8.GetBytes(purpose));

    /// <exception cref="StartupException">The file cannot be read or written.</exception>
    public static MasterKey Load(Settings settings)
    {
        if (settings.SecretKey is { } text) return new(text);
        var path = Path.Combine(settings.DataFolder, FileName);
        try
        {
            if (!File.Exists(path)) Write(path);
            return new(File.ReadAllText(path).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The key file {path} cannot be used: {e.Message} Make it readable and its folder writable for the user that runs the server.");
        }
    }

    private static void Write(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)) + "\n"));
        file.Flush(flushToDisk: true);
    }
}
