using Hearthkey.Brands;
using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.System.Endpoints;

/// <summary><c>admin/settings/</c>.</summary>
internal static class SettingsEndpoints
{
    private const string Path = "admin/settings/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var editor = routes.ServiceProvider.GetRequiredService<SettingsEditor>();
        var json = BrandsJson.Default.InstanceSettings;
        var shape = new AnswerShape(json);
        routes.MapApi("GET", Path, Access.Admin, async (c, _) => await c.AnswerAsync(
            Outcome<InstanceSettings>.Done(await editor.GetAsync(c.RequestAborted)), json)).WithMetadata(shape);
        routes.MapApi("PUT", Path, Access.Admin, async (c, call) => await c.AnswerAsync(
            await editor.UpdateAsync(call.Caller, call.Actor, call.Body, isPartial: false, c.RequestAborted), json)).WithMetadata(shape);
        routes.MapApi("PATCH", Path, Access.Admin, async (c, call) => await c.AnswerAsync(
            await editor.UpdateAsync(call.Caller, call.Actor, call.Body, isPartial: true, c.RequestAborted), json)).WithMetadata(shape);
    }
}
