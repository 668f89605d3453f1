using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Objects;

/// <summary>Asks before an object is deleted, naming what uses it, and deletes it.</summary>
/// <param name="Sentence">What it means for people.</param>
/// <param name="Active">The navigation link that the page belongs to.</param>
/// <param name="Back">Where one lands afterwards.</param>
public sealed record Deleting<T>(Resource<T> Resource, string Sentence, string Active, Func<Visit, T, string> Back) where T : class
{
    private const string Warned = "warned";

    /// <summary>What a person must have been told before this object goes, in place of the sentence; null for nothing.</summary>
    public Func<Visit, T, Task<string?>> WarnAsync { get; init; } = (_, _) => Task.FromResult<string?>(null);

    public async Task<IResult> AskAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } value) return visit.Http.NotFoundPage();
        var warning = await WarnAsync(visit, value);
        var users = (await Resource.UsedByAsync(visit.Caller, visit.Key, visit.Ct)).Value ?? [];
        var post = visit.Http.Request.Path + (warning is null ? "" : $"?{Warned}=true");
        return visit.Http.Confirm(new Confirmation(
            Texts.Format(AdminStrings.DeleteTitle, Resource.Name(value)), warning ?? Sentence, Strings.Delete, post, Back(visit, value))
        {
            UsedBy = [.. users.Select(Models.Line)],
            Active = Active,
        });
    }

    public async Task<IResult> DeleteAsync(Visit visit)
    {
        // what there is to warn of may have come up since the question was asked
        if (!visit.Http.Request.Query.ContainsKey(Warned) && await FindAsync(visit) is { } value && await WarnAsync(visit, value) is not null)
            return await AskAsync(visit);
        var outcome = await Resource.DeleteAsync(visit.Caller, visit.Actor, visit.Key, visit.Ct);
        if (outcome.Value is not { } gone) return Refusals.Answer(visit, outcome);
        visit.Http.Flash(nameof(Strings.WasDeleted), Resource.Name(gone));
        return visit.Http.SeeOther(Back(visit, gone));
    }

    public void Map(IEndpointRouteBuilder routes, string path)
    {
        routes.Get(path, AskAsync);
        routes.Post(path, DeleteAsync);
    }

    private async Task<T?> FindAsync(Visit visit) => (await Resource.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value;

    /// <summary>A button that opens the question.</summary>
    public static Html Button(string href) => $"""
        <a class="btn" href="{href}" hx-get="{href}" hx-target="#dialog" hx-swap="innerHTML">{Icon.Trash}{Strings.Delete}</a>
        """;
}
