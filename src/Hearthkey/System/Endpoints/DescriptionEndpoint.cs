using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.System.Description;

namespace Hearthkey.System.Endpoints;

/// <summary><c>schema/</c>: the description of this API, as JSON.</summary>
internal static class DescriptionEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // the composite source: at the first request every area has mapped its endpoints
        byte[]? document = null;
        routes.MapApi("GET", "schema/", Access.Anyone, async (c, _) =>
        {
            document ??= global::System.Text.Encoding.UTF8.GetBytes(
                new ApiDescription(c.RequestServices.GetRequiredService<EndpointDataSource>()).Build().ToJsonString());
            c.Response.ContentType = "application/json";
            await c.Response.Body.WriteAsync(document, c.RequestAborted);
        });
    }
}
