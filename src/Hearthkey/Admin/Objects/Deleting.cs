using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Objects;

/// <summary>Asks before an object is deleted, naming what uses it, and deletes it.</summary>
/// <param name="Sentence">What it means for people.</param>
/// <param name="Active">The navigation link that the page belongs to.</param>
/// <param name="Back">Where one lands afterwards.</param>
public sealed record Deleting<T>(Resource<T> Resource, string Sentence, string Active, Func<Visit, string> Back) where T : class
{
    public async Task<IResult> AskAsync(Visit visit)
    {
        if ((await Resource.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value is not { } value) return visit.Http.NotFoundPage();
        var users = (await Resource.UsedByAsync(visit.Caller, visit.Key, visit.Ct)).Value ?? [];
        return visit.Http.Confirm(new Confirmation(
            Texts.Format(AdminStrings.DeleteTitle, Resource.Name(value)), Sentence, Strings.Delete, visit.Http.Request.Path, Back(visit))
        {
            UsedBy = [.. users.Select(Models.Line)],
            Active = Active,
        });
    }

    public async Task<IResult> DeleteAsync(Visit visit)
    {
        var outcome = await Resource.DeleteAsync(visit.Caller, visit.Actor, visit.Key, visit.Ct);
        if (outcome.Value is not { } value) return Refusals.Answer(visit, outcome);
        visit.Http.Flash(nameof(Strings.WasDeleted), Resource.Name(value));
        return visit.Http.SeeOther(Back(visit));
    }

    public void Map(IEndpointRouteBuilder routes, string path)
    {
        routes.Get(path, AskAsync);
        routes.Post(path, DeleteAsync);
    }

    /// <summary>A button that opens the question.</summary>
    public static Html Button(string href) => $"""
        <a class="btn" href="{href}" hx-get="{href}" hx-target="#dialog" hx-swap="innerHTML">{Icon.Trash}{Strings.Delete}</a>
        """;
}
