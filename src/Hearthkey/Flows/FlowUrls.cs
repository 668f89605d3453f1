namespace Hearthkey.Flows;

/// <summary>Addresses of flows, for those who send a browser there.</summary>
public static class FlowUrls
{
    /// <summary>Where the browser signs in.</summary>
    /// <param name="next">Path and query on our own origin to come back to.</param>
    /// <param name="flow">The flow's uuid; null: the brand's.</param>
    public static string Login(HttpContext context, string next, Guid? flow = null) => Url(context, "authentication", flow, next);

    /// <summary>Where the browser signs out.</summary>
    /// <param name="next">Path and query on our own origin to go to afterwards; null: the page that says it is done.</param>
    /// <param name="flow">The flow's uuid; null: the brand's.</param>
    public static string Invalidation(HttpContext context, string? next = null, Guid? flow = null) => Url(context, "invalidation", flow, next);

    private static string Url(HttpContext context, string designation, Guid? flow, string? next)
    {
        var path = $"/flows/-/default/{designation}/";
        return next is null ? path : path + "?next=" + Uri.EscapeDataString(next);
    }
}
