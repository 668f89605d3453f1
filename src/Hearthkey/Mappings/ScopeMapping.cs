namespace Hearthkey.Mappings;

/// <summary>What a scope tells an app about a person, in wire shape.</summary>
public sealed record ScopeMapping
{
    public Guid Pk { get; init; }

    /// <summary>Names a mapping that Hearthkey brings along; decides what <see cref="Claims"/> yields.</summary>
    public string? Managed { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Python, as the interpreter of expressions will run it.</summary>
    public string Expression { get; init; } = "";

    public string Component { get; init; } = "ak-property-mapping-provider-scope-form";

    public string VerboseName { get; init; } = "Scope Mapping";

    public string VerboseNamePlural { get; init; } = "Scope Mappings";

    public string MetaModelName { get; init; } = ScopeMappings.Kind;

    /// <summary>The scope that an app asks for.</summary>
    public string ScopeName { get; init; } = "";

    /// <summary>What a consent page says; blank hides the scope there.</summary>
    public string Description { get; init; } = "";
}
