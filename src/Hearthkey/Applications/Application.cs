using System.Text.Json.Serialization;

namespace Hearthkey.Applications;

/// <summary>Something that people open, in wire shape.</summary>
public sealed record Application
{
    public Guid Pk { get; init; }

    /// <summary>What policy bindings name as their target.</summary>
    public Guid PbmUuid { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Stands in addresses, the issuer's among them.</summary>
    public string Slug { get; init; } = "";

    /// <summary>How people are signed in to it; null for a mere link.</summary>
    public long? Provider { get; init; }

    public Provider? ProviderObj { get; init; }

    /// <summary>Not built yet: always empty.</summary>
    public IReadOnlyList<long> BackchannelProviders { get; init; } = [];

    public IReadOnlyList<Provider> BackchannelProvidersObj { get; init; } = [];

    /// <summary>Where the tile leads: the launch URL that was set, or what the provider suggests; null for nowhere.</summary>
    public string? LaunchUrl { get; init; }

    public bool OpenInNewTab { get; init; }

    /// <summary>http(s) address; <c>%(username)s</c>, <c>%(name)s</c>, <c>%(email)s</c> and <c>%(uuid)s</c> stand for the person's. Null: the provider decides.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MetaLaunchUrl { get; init; }

    /// <summary>http(s) address, which the browsers of people fetch (<see cref="ApplicationIcons"/>), or a path on our own origin.</summary>
    public string MetaIcon { get; init; } = "";

    public string? MetaIconUrl { get; init; }

    public IReadOnlyDictionary<string, string>? MetaIconThemedUrls { get; init; }

    public string MetaDescription { get; init; } = "";

    public string MetaPublisher { get; init; } = "";

    /// <summary>How several bindings count together: <c>any</c> or <c>all</c>.</summary>
    public string PolicyEngineMode { get; init; } = Policies.Bindings.AnyMode;

    /// <summary>Heading of its tile in the portal.</summary>
    public string Group { get; init; } = "";

    /// <summary>Leaves the tile out of the portal.</summary>
    public bool MetaHide { get; init; }
}
