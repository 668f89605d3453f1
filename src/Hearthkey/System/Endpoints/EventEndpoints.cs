using System.Globalization;
using Hearthkey.Audit;
using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.System.Endpoints;

/// <summary><c>events/events/</c> beyond the resource: what kinds there are, and counts for the overview.</summary>
internal static class EventEndpoints
{
    /// <summary>Days that the volume covers where the client names no number, as authentik.</summary>
    private const int Days = 7;

    /// <summary>Applications listed where the client names no number, as authentik.</summary>
    private const int Top = 15;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var events = routes.ServiceProvider.GetRequiredService<Events>();
        routes.MapResource(events);
        string[] narrowing = [.. events.Describe().Filters, "ordering", "search"];
        routes.MapApi("GET", "events/events/actions/", Access.Admin, (c, _) => c.AnswerAsync(
            Outcome<IReadOnlyList<TypeCreate>>.Done([.. EventActions.All.Select(Describe)]), SystemJson.Default.IReadOnlyListTypeCreate))
            .WithMetadata(new AnswerShape(SystemJson.Default.IReadOnlyListTypeCreate));
        routes.MapApi("GET", "events/events/volume/", Access.Admin, async (c, call) => await c.AnswerAsync(
            await events.VolumeAsync(call.Caller, call.List(), Number(c, "history_days", Days, 366), c.RequestAborted), SystemJson.Default.IReadOnlyListEventVolume))
            .WithMetadata(new AnswerShape(SystemJson.Default.IReadOnlyListEventVolume, [.. narrowing, "history_days"]));
        routes.MapApi("GET", "events/events/top_per_user/", Access.Admin, async (c, call) => await c.AnswerAsync(
            await events.TopPerUserAsync(call.Caller, call.List(), Number(c, "top_n", Top, 100), c.RequestAborted), SystemJson.Default.IReadOnlyListEventTopPerUser))
            .WithMetadata(new AnswerShape(SystemJson.Default.IReadOnlyListEventTopPerUser, [.. narrowing, "top_n"]));
        routes.MapApi("GET", "events/events/stats/", Access.Admin, async (c, call) => await c.AnswerAsync(
            await events.StatsAsync(call.Caller, call.List(), [.. c.Request.Query["count_steps"].OfType<string>()], c.RequestAborted), SystemJson.Default.EventStats))
            .WithMetadata(new AnswerShape(SystemJson.Default.EventStats, [.. narrowing, "count_steps"]));
        routes.MapApi("POST", "events/events/export/", Access.Admin, (c, _) => c.AnswerDetailAsync(
            StatusCodes.Status404NotFound, "Exporting events is not built yet. Read them page by page instead."));
    }

    private static TypeCreate Describe(string action) =>
        new(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(action.Replace('_', ' ')), "", action, "");

    private static int Number(HttpContext context, string name, int otherwise, int max) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? Math.Min(number, max) : otherwise;
}
