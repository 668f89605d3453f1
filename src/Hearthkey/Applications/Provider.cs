namespace Hearthkey.Applications;

/// <summary>What all providers have in common, in wire shape.</summary>
public sealed record Provider(
    long Pk,
    string Name,
    Guid? AuthenticationFlow,
    Guid? AuthorizationFlow,
    Guid? InvalidationFlow,
    IReadOnlyList<Guid> PropertyMappings,
    string Component,
    string? AssignedApplicationSlug,
    string? AssignedApplicationName,
    string? AssignedBackchannelApplicationSlug,
    string? AssignedBackchannelApplicationName,
    string VerboseName,
    string VerboseNamePlural,
    string MetaModelName);

/// <summary>The columns that all providers share.</summary>
/// <param name="Model">Model of the kind, such as <c>authentik_providers_oauth2.oauth2provider</c>.</param>
public sealed record ProviderFields(
    long Pk, string Model, string Name, Guid? AuthenticationFlow, Guid AuthorizationFlow, Guid InvalidationFlow, IReadOnlyList<Guid> PropertyMappings);

/// <summary>The application that a provider is assigned to.</summary>
public sealed record AssignedApplication(string Slug, string Name);
