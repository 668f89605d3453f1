namespace Hearthkey.E2E.Support;

/// <summary>A folder of its own below the system's temporary folder, removed at the end. Other users may enter it.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder(string name)
    {
        Path = Directory.CreateTempSubdirectory($"hearthkey-{name}-").FullName;
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public string At(string name) => global::System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a process that is just ending may still write: the system clears its temporary folder some day
        }
    }
}
