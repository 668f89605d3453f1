using Hearthkey.Brands;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.System.Endpoints;

/// <summary>What clients ask about the server itself: <c>root/config/</c>, <c>core/brands/current/</c>, <c>admin/version/</c>.</summary>
internal static class ServerEndpoints
{
    // nothing is reported, optional or cached for a client to see
    private static readonly Config _config = new(new(false, "", "", false, 0), [], 0, 0, 0);

    // newer versions are not looked for: this one is the latest that is known
    private static readonly Version _version = new(Product.Version, Product.Version, true, Product.Commit, false, false);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("GET", "root/config/", Access.Anyone, (c, _) => c.AnswerAsync(Outcome<Config>.Done(_config), SystemJson.Default.Config))
            .WithMetadata(new AnswerShape(SystemJson.Default.Config));
        routes.MapApi("GET", "core/brands/current/", Access.Anyone, (c, _) => c.AnswerAsync(
            Outcome<CurrentBrand>.Done(Current(c)), CurrentBrandJson.Default.CurrentBrand))
            .WithMetadata(new AnswerShape(CurrentBrandJson.Default.CurrentBrand));
        routes.MapApi("GET", "admin/version/", Access.Admin, (c, _) => c.AnswerAsync(Outcome<Version>.Done(_version), SystemJson.Default.Version))
            .WithMetadata(new AnswerShape(SystemJson.Default.Version));
    }

    private static CurrentBrand Current(HttpContext context)
    {
        var brand = context.Brand();
        var look = context.RequestServices.GetRequiredService<BrandSource>().Find(context);
        var flows = context.RequestServices.GetRequiredService<Snapshots>().Current.Get<FlowsPart>();
        string? Slug(Guid? flow) => flow is { } pk ? flows.Find(pk)?.Flow.Slug : null;
        return new()
        {
            MatchedDomain = brand.Domain,
            BrandingTitle = look.Title,
            BrandingLogo = look.Logo,
            BrandingFavicon = look.Favicon,
            FlowAuthentication = Slug(brand.FlowAuthentication),
            FlowInvalidation = Slug(brand.FlowInvalidation),
        };
    }
}
