using Hearthkey.Hosting;

namespace Hearthkey.Brands.Loading;

/// <summary>Which origins are ours: the base URL, and each brand's domain under the base URL's scheme and port.</summary>
internal static class OwnOrigins
{
    public static IReadOnlyList<Origin> Of(InstanceSettings settings, BrandTable brands)
    {
        if (!Origin.TryParse(settings.BaseUrl, out var main)) return [];
        var origins = new List<Origin> { main };
        var port = main.Authority[main.Host.Length..];
        foreach (var brand in brands.All)
        {
            // a name without a dot is no host: the default brand's
            if (!brand.Domain.Contains('.', StringComparison.Ordinal)) continue;
            var origin = main with { Authority = brand.Domain + port };
            if (!origins.Contains(origin)) origins.Add(origin);
        }
        return origins;
    }
}
