using Hearthkey.Resources;

namespace Hearthkey.Applications.Endpoints;

/// <summary><c>providers/all/types/</c>: the kinds of provider that can be made.</summary>
internal static class ProviderTypes
{
    public static Task HandleAsync(HttpContext context, ApiCall call) => context.AnswerAsync(
        Outcome<IReadOnlyList<TypeCreate>>.Done([.. context.RequestServices.GetRequiredService<Providers>().Kinds
            .Select(k => new TypeCreate(k.VerboseName, k.Description, k.Component, k.Model.Split('.')[1]))]),
        ApplicationsJson.Default.IReadOnlyListTypeCreate);
}
