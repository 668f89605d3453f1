namespace Hearthkey.Catalog;

/// <summary>
/// What is known of well-known applications: the files of <c>catalog/</c> at the root of the repository, which are part of the binary. Read when
/// somebody asks, never at start.
/// </summary>
public static class CatalogArea
{
    public static void AddCatalog(this IServiceCollection services) => services.AddSingleton<PathPresets>();
}
