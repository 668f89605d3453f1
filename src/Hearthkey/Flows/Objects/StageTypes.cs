using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.Flows.Objects;

/// <summary>stages/all/types: what kinds there are to create.</summary>
internal static class StageTypes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("GET", "stages/all/types/", Access.Admin, (c, _) => c.AnswerAsync(
            Outcome<IReadOnlyList<StageType>>.Done([.. c.RequestServices.GetServices<StageKind>().Select(Describe)]), FlowsJson.Default.IReadOnlyListStageType));
        routes.MapApi("GET", "stages/all/user_settings/", Access.Person, (c, _) => c.AnswerAsync(
            Outcome<IReadOnlyList<string>>.Done([]), FlowsJson.Default.IReadOnlyListString));
    }

    private static StageType Describe(StageKind kind)
    {
        var blank = kind.Read(Guid.Empty, "", "{}");
        return new(blank.VerboseName, "", blank.Component, kind.Model.Split('.')[1], "", false, false);
    }
}

/// <summary>One kind, in wire shape.</summary>
internal sealed record StageType(string Name, string Description, string Component, string ModelName, string IconUrl, bool RequiresEnterprise, bool Deprecated);
