namespace Hearthkey.E2E.Support;

/// <summary>Folders of the checkout that the tests run from.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Folder for logs and screenshots of this run; looked at when a test failed.</summary>
    public static string Traces => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "e2e", "traces")).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hearthkey.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No Hearthkey.slnx above {AppContext.BaseDirectory}.");
    }
}
