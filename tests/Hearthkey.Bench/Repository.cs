namespace Hearthkey.Bench;

/// <summary>Folders of the checkout that the bench runs from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Empty folder for the data of one server; on the disk of the checkout, because durable writes are measured.</summary>
    public static string NewFolder(string name)
    {
        var folder = Path.Combine(Root, "artifacts", "bench", name);
        if (global::System.IO.Directory.Exists(folder)) global::System.IO.Directory.Delete(folder, recursive: true);
        return global::System.IO.Directory.CreateDirectory(folder).FullName;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Hearthkey.slnx"))) return folder.FullName;
        throw new InvalidOperationException($"No Hearthkey.slnx above {AppContext.BaseDirectory}.");
    }
}
