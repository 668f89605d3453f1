using Hearthkey.Brands;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>Addresses of flows, for those who send a browser there.</summary>
public static class FlowUrls
{
    /// <summary>Where the browser signs in.</summary>
    /// <param name="next">Path and query on our own origin to come back to.</param>
    /// <param name="flow">The flow's uuid; null: the brand's.</param>
    /// <param name="isFresh">Asks for the password even where somebody is signed in (<c>prompt=login</c>); otherwise that leads straight to <paramref name="next"/>.</param>
    public static string Login(HttpContext context, string next, Guid? flow = null, bool isFresh = false) =>
        Url(context, "authentication", flow, QueryString.Create("next", next).Add(isFresh ? QueryString.Create("prompt", "login") : QueryString.Empty));

    /// <summary>Where the browser signs out.</summary>
    /// <param name="next">Path and query on our own origin to go to afterwards; null: the page that says it is done.</param>
    /// <param name="flow">The flow's uuid; null: the brand's.</param>
    public static string Invalidation(HttpContext context, string? next = null, Guid? flow = null) =>
        Url(context, "invalidation", flow, next is null ? QueryString.Empty : QueryString.Create("next", next));

    /// <summary>The flow that is named, otherwise the brand's, otherwise the first of the designation.</summary>
    internal static PlannedFlow? Choose(HttpContext context, string designation, Guid? named)
    {
        var flows = context.RequestServices.GetRequiredService<Snapshots>().Current.Get<FlowsPart>();
        if (named is { } pk && flows.Find(pk) is { } flow) return flow;
        var ofBrand = designation switch
        {
            "authentication" => context.Brand().FlowAuthentication,
            "invalidation" => context.Brand().FlowInvalidation,
            _ => null,
        };
        return ofBrand is { } own && flows.Find(own) is { } found ? found : flows.First(designation);
    }

    private static string Url(HttpContext context, string designation, Guid? named, QueryString query) =>
        Choose(context, designation, named) is { } plan ? $"/if/flow/{plan.Flow.Slug}/{query}" : $"/flows/-/default/{designation}/{query}";
}
