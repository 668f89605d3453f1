using Hearthkey.Outpost;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hearthkey.Catalog.Files;

/// <summary>Reads the preset out of one file of the catalog; the fields are told in <c>catalog/README.md</c>.</summary>
public static class PresetFile
{
    /// <summary>Null where the file is no YAML, a field is missing, or a pattern would not hold what it looks like.</summary>
    /// <param name="slug">The file's name without its ending.</param>
    public static PathPreset? Read(string slug, TextReader text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
        }
        catch (YamlException)
        {
            return null;
        }
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }] || Text(root, "slug") != slug || Child(root, "forward_auth") is not YamlMappingNode forward)
            return null;
        var paths = Child(forward, "unauthenticated_paths") is YamlSequenceNode list ? [.. list.Select(node => (node as YamlScalarNode)?.Value ?? "")] : (string[])[];
        return Text(root, "name") is { } name && Text(forward, "unauthenticated_guard") is { } guard && paths.Length > 0 && paths.All(IsWhole)
            ? new PathPreset(slug, name, paths, guard)
            : null;
    }

    // a bar outside of brackets would leave one of its sides without the anchor of the other
    private static bool IsWhole(string path)
    {
        if (!(path.StartsWith("^/", StringComparison.Ordinal) || path.StartsWith("^(", StringComparison.Ordinal)) || !path.EndsWith('$')) return false;
        var depth = 0;
        foreach (var c in path)
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (c == '|' && depth == 0) return false;
        }
        return depth == 0 && SkipRules.Parse(path) is { Broken.Count: 0 };
    }

    private static string? Text(YamlMappingNode map, string key) => (Child(map, key) as YamlScalarNode)?.Value is { Length: > 0 } text ? text : null;

    private static YamlNode? Child(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
}
