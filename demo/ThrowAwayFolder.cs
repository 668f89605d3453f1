namespace Hearthkey.Demo;

/// <summary>A folder of the demo's own below the system's temporary folder; gone when the demo ends.</summary>
internal sealed class ThrowAwayFolder : IDisposable
{
    public string Path { get; } = global::System.IO.Directory.CreateTempSubdirectory("hearthkey-demo-").FullName;

    public void Dispose() => global::System.IO.Directory.Delete(Path, recursive: true);
}
