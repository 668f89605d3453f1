using System.Security.Cryptography;
using System.Text;
using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Keys;

/// <summary>
/// The key from which all others of this installation come: <c>SECRET_KEY</c>, or <c>DATA/secret.key</c>, made at the first start and readable
/// by its owner only. Whoever loses it loses every secret that must be read back, so it is never made anew beside an existing database.
/// </summary>
public sealed class MasterKey
{
    private const string FileName = "secret.key";

    /// <summary>What <c>SECRET_KEY</c> must have too.</summary>
    private const int ShortestFile = 32;

    private readonly byte[] _root;
    private (string Path, string Text)? _unsaved;

    private MasterKey(string text)
    {
        _root = HKDF.Extract(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(text), "hearthkey"u8.ToArray());
        Id = Convert.ToHexStringLower(Derive("id")[..8]);
    }

    /// <summary>Names the key without telling it: 16 hex digits, stored beside what it protects.</summary>
    public string Id { get; }

    /// <summary>A key of 32 bytes for one purpose (RFC 5869 §2.3).</summary>
    public byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _root, 32, Encoding.UTF8.GetBytes(purpose));

    /// <summary>There was none: this one was made just now and only memory has it. Nothing but a new database may take it.</summary>
    internal string? MissingFile => _unsaved?.Path;

    /// <exception cref="StartupException">The file cannot be read.</exception>
    public static MasterKey Load(Settings settings)
    {
        if (settings.SecretKey is { } text) return new(text);
        var path = Path.Combine(settings.DataFolder, FileName);
        return Explained(path, () =>
        {
            if (File.Exists(path)) return Stored(path);
            var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
            return new MasterKey(made) { _unsaved = (path, made) };
        });
    }

    /// <summary>Writes a key that was made just now, before anything is protected by it that lasts.</summary>
    /// <exception cref="StartupException">The file cannot be written.</exception>
    internal void Keep()
    {
        if (_unsaved is not var (path, text)) return;
        Explained(path, () => Write(path, text));
        _unsaved = null;
    }

    private static MasterKey Stored(string path)
    {
        var stored = File.ReadAllText(path).Trim();
        return stored.Length >= ShortestFile
            ? new(stored)
            : throw new StartupException($"The key file {path} is damaged: it is too short. Put the right one back from a backup; if there is no database yet, delete it and start again.");
    }

    // under another name first: a key that was cut off by a full disk must never be taken for one
    private static bool Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        global::System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(path + ".new", options))
        {
            file.Write(Encoding.ASCII.GetBytes(text + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: false);
        return true;
    }

    private static T Explained<T>(string path, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!File.Exists(path) && FileFailures.WhyReadOnly(e, Path.GetDirectoryName(path)!) is { } reason) throw new StartupException(reason);
            throw new StartupException($"The key file {path} cannot be used: {e.Message} Make it readable and its folder writable for the user that runs the server.");
        }
    }
}
