namespace Hearthkey.Connectors.Making;

/// <summary>A host to protect.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Origin">Scheme and host, normalised.</param>
internal sealed record WantedApp(string Name, string Origin)
{
    /// <summary>Paths that need no login, one regular expression a line.</summary>
    public string SkipPaths { get; init; } = "";

    /// <summary>Groups that may open it; none: everybody.</summary>
    public IReadOnlyList<Guid> Groups { get; init; } = [];

    /// <summary>Makes a provider for this whole domain instead, with <see cref="Origin"/> as its external host.</summary>
    public string? Domain { get; init; }
}

/// <summary>What protects a host now.</summary>
/// <param name="Slug">The application.</param>
/// <param name="IsNew">It was made for this; false where it was there.</param>
internal sealed record MadeApp(long ProviderPk, string Slug, bool IsNew);
