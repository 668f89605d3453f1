using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.Flows.Objects;

/// <summary>stages/all/types: what kinds there are to create.</summary>
internal static class StageTypes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("GET", "stages/all/types/", Access.Admin, (c, _) => c.AnswerAsync(
            Outcome<IReadOnlyList<TypeCreate>>.Done([.. c.RequestServices.GetServices<StageKind>().Select(Describe)]), FlowsJson.Default.IReadOnlyListTypeCreate))
            .WithMetadata(new AnswerShape(FlowsJson.Default.IReadOnlyListTypeCreate));
        routes.MapApi("GET", "stages/all/user_settings/", Access.Person, (c, _) => c.AnswerAsync(
            Outcome<IReadOnlyList<string>>.Done([]), FlowsJson.Default.IReadOnlyListString)).WithMetadata(new AnswerShape(FlowsJson.Default.IReadOnlyListString));
    }

    private static TypeCreate Describe(StageKind kind)
    {
        var blank = kind.Read(Guid.Empty, "", "{}");
        return new(blank.VerboseName, "", blank.Component, kind.Model.Split('.')[1]);
    }
}
