namespace Hearthkey.Tests.Architecture;

/// <summary>The files of the checkout that the tests run from, without what tools wrote there.</summary>
internal static class Checkout
{
    private static readonly string[] _notOurs = [".git", ".idea", ".vs", "artifacts", "bin", "data", "node_modules", "obj"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>C# files below this folder.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Files.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) =>
        global::System.IO.Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file) != ".git" && !file.EndsWith(".received.txt", StringComparison.Ordinal))
            .Concat(global::System.IO.Directory.EnumerateDirectories(folder)
                .Where(inner => !_notOurs.Contains(Path.GetFileName(inner))).SelectMany(Walk));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hearthkey.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No Hearthkey.slnx above {AppContext.BaseDirectory}.");
    }
}
