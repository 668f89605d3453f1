namespace Hearthkey.Applications;

/// <summary>What all providers have in common, in wire shape; the rest is the kind's own.</summary>
public record Provider
{
    public long Pk { get; init; }

    public string Name { get; init; } = "";

    /// <summary>How people sign in who come from the application; null: the brand's flow.</summary>
    public Guid? AuthenticationFlow { get; init; }

    public Guid AuthorizationFlow { get; init; }

    /// <summary>What runs when somebody signs out of the application.</summary>
    public Guid InvalidationFlow { get; init; }

    /// <summary>What claims, or identity headers, are made from.</summary>
    public IReadOnlyList<Guid> PropertyMappings { get; init; } = [];

    /// <summary>Name of the form in authentik's interface.</summary>
    public string Component { get; init; } = "";

    public string? AssignedApplicationSlug { get; init; }

    public string? AssignedApplicationName { get; init; }

    public string? AssignedBackchannelApplicationSlug { get; init; }

    public string? AssignedBackchannelApplicationName { get; init; }

    public string VerboseName { get; init; } = "";

    public string VerboseNamePlural { get; init; } = "";

    /// <summary>Model of the kind, such as <c>authentik_providers_oauth2.oauth2provider</c>.</summary>
    public string MetaModelName { get; init; } = "";

    /// <summary>Names the provider; a record's own text would show the secrets of its kind.</summary>
    public sealed override string ToString() => Name;
}
