using Hearthkey.Catalog.Files;

namespace Hearthkey.Catalog;

/// <summary>The presets of paths, by name.</summary>
public sealed class PathPresets
{
    private const string Folder = "catalog/";

    private readonly Lazy<IReadOnlyList<PathPreset>> _all = new(ReadAll);

    /// <summary>All that there are, in the order of their names.</summary>
    public IReadOnlyList<PathPreset> All => _all.Value;

    /// <summary>The preset of an application; null where there is none.</summary>
    public PathPreset? Find(string slug) => All.FirstOrDefault(preset => preset.Slug == slug);

    private static IReadOnlyList<PathPreset> ReadAll()
    {
        var assembly = typeof(PathPresets).Assembly;
        List<PathPreset> presets = [];
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            // one that cannot be read is left out: the others still help, and a test keeps it from being released
            if (PresetFile.Read(Path.GetFileNameWithoutExtension(resource), reader) is { } preset) presets.Add(preset);
        }
        return [.. presets.OrderBy(preset => preset.Name, StringComparer.OrdinalIgnoreCase)];
    }
}
