using System.Collections.Frozen;

namespace Hearthkey.Applications;

/// <summary>Part of the snapshot: all applications as their rows are, without what is filled in for the wire.</summary>
public sealed class ApplicationsPart
{
    private readonly FrozenDictionary<string, Application> _bySlug;
    private readonly FrozenDictionary<long, Application> _byProvider;

    public ApplicationsPart(IReadOnlyList<Application> all)
    {
        All = all;
        IconHosts = ApplicationIcons.HostsOf(all.Select(a => a.MetaIcon));
        _bySlug = all.ToFrozenDictionary(a => a.Slug, StringComparer.Ordinal);
        _byProvider = all.Where(a => a.Provider is not null).ToFrozenDictionary(a => a.Provider!.Value);
    }

    public IReadOnlyList<Application> All { get; }

    /// <summary>Origins of icons on other hosts, by spaces.</summary>
    internal string IconHosts { get; }

    public Application? BySlug(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The application that the provider with this key is assigned to.</summary>
    public Application? ByProvider(long pk) => _byProvider.GetValueOrDefault(pk);
}
