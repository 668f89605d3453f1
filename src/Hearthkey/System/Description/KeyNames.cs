using Hearthkey.Resources;

namespace Hearthkey.System.Description;

/// <summary>What the API calls the keys in its paths: each resource names its own; the endpoints below a resource follow it.</summary>
internal sealed class KeyNames
{
    private readonly List<(string Prefix, string Name)> _names;

    public KeyNames(IEnumerable<Endpoint> endpoints) => _names =
    [
        .. endpoints.Select(e => e.Metadata.GetMetadata<ResourceDoor>()?.Resource).OfType<Resource>().Distinct()
            .Select(r => ($"/{r.Path}/{{key}}/", r.KeyName)),
    ];

    /// <summary>The path with the key's name in it.</summary>
    public string In(string path)
    {
        foreach (var (prefix, name) in _names)
            if (path.StartsWith(prefix, StringComparison.Ordinal)) return path.Replace("{key}", "{" + name + "}", StringComparison.Ordinal);
        return path;
    }
}
