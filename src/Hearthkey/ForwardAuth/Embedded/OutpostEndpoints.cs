using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.ForwardAuth.Embedded;

/// <summary>What the API tells of outposts beside the resource.</summary>
internal static class OutpostEndpoints
{
    /// <summary>The embedded outpost is as alive as the server that answers.</summary>
    public static async Task HealthAsync(HttpContext context, ApiCall call)
    {
        var outposts = context.RequestServices.GetRequiredService<OutpostInstances>();
        var found = await outposts.GetAsync(call.Caller, context.Key(), call.List(), context.RequestAborted);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var host = Environment.MachineName;
        var outcome = found.Value is { } outpost
            ? Outcome<IReadOnlyList<OutpostHealth>>.Done([new($"{outpost.Pk}-{host}", now, Product.Version, "", false, "", null, Product.Version, false, "", "", host)])
            : found.As<IReadOnlyList<OutpostHealth>>();
        await context.AnswerAsync(outcome, ForwardAuthJson.Default.IReadOnlyListOutpostHealth);
    }

    public static Task DefaultsAsync(HttpContext context, ApiCall call) => context.AnswerAsync(
        Outcome<OutpostDefaults>.Done(new(OutpostConfig.Defaults)), ForwardAuthJson.Default.OutpostDefaults);
}
