using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Objects;

/// <summary>
/// The pages of one kind of object: list, create, edit, delete. What stands on them is declared by a subclass; what is done goes through the
/// resource, so that the rules and their words are the same as at the REST door.
/// </summary>
public abstract class ObjectPages<T>(Resource<T> resource) where T : class
{
    /// <summary>Address of the list, with its slash.</summary>
    protected abstract string Path { get; }

    /// <summary>Where the list stands, if not there.</summary>
    protected virtual string ListPath => Path;

    protected abstract PageWords Words { get; }

    protected string Title => Words.Title;

    protected string Sentence => Words.Sentence;

    /// <summary>Where the form of an object stands below its own address; blank where that is its page.</summary>
    protected virtual string EditSuffix => "";

    protected virtual bool MayCreate => resource.Operations.HasFlag(Operations.Create);

    protected virtual bool MayDelete => resource.Operations.HasFlag(Operations.Delete);

    /// <summary>How the list is shown, without its buttons.</summary>
    protected abstract ObjectList<T> List(Visit visit);

    /// <summary>The form; null while there is no object yet.</summary>
    protected abstract IReadOnlyList<FormSection> Sections(Visit visit, T? value);

    /// <summary>What a new form holds.</summary>
    protected virtual ValueTask<JsonObject> NewAsync(Visit visit) => new(new JsonObject());

    /// <summary>Finishes what was read from the form.</summary>
    protected virtual void Shape(JsonObject input, T? before)
    {
    }

    /// <summary>Adds to the page of an object what is no field of its form.</summary>
    protected virtual ValueTask<FormContent> DressAsync(Visit visit, T value, FormContent form) => new(form);

    /// <summary>Where one goes without saving, and after deleting.</summary>
    /// <param name="value">Null while there is no object yet.</param>
    protected virtual string Back(Visit visit, T? value) => ListPath;

    /// <summary>Where one lands after creating.</summary>
    protected virtual string Made(T value) => Href(value);

    protected string Href(T value) => Href(resource.Key(value));

    protected string Href(string key) => $"{Path}{Uri.EscapeDataString(key)}/";

    public virtual void Map(IEndpointRouteBuilder routes)
    {
        if (ListPath == Path) routes.Get(Path, ListAsync);
        if (MayCreate)
        {
            routes.Get(Path + "new/", NewFormAsync);
            routes.Post(Path + "new/", CreateAsync);
        }
        routes.Get($"{Path}{{key}}/{EditSuffix}", EditFormAsync);
        if (resource.Operations.HasFlag(Operations.Update)) routes.Post($"{Path}{{key}}/{EditSuffix}", UpdateAsync);
        if (MayDelete) new Deleting<T>(resource, Words.Delete, ListPath, Back).Map(routes, Path + "{key}/delete/");
    }

    private Task<IResult> ListAsync(Visit visit)
    {
        var list = List(visit);
        return (list with { CreateButton = list.CreateButton ?? (MayCreate ? Pieces.NewButton(Path + "new/", AdminStrings.Create) : null), Buttons = list.Buttons ?? Buttons })
            .ShowAsync(visit, resource);
    }

    private Html[] Buttons(T row)
    {
        var edit = Tables.EditButton(Href(row) + EditSuffix, resource.Name(row));
        return MayDelete ? [edit, Tables.DeleteButton(Href(row) + "delete/", resource.Name(row))] : [edit];
    }

    private async Task<IResult> NewFormAsync(Visit visit) => (await (await NewFormContentAsync(visit)).PreparedAsync()).Answer();

    private async Task<FormContent> NewFormContentAsync(Visit visit) => new(
        new Shell(Words.Create, ListPath, new Crumb(Title, ListPath)), null, visit.Http.Request.Path, Back(visit, null), AdminStrings.Create,
        Sections(visit, null), new FormView(visit, await NewAsync(visit), new()));

    private async Task<IResult> CreateAsync(Visit visit) => await Submission.TakeAsync(
        await NewFormContentAsync(visit), input => resource.CreateAsync(visit.Caller, visit.Actor, input, visit.Ct),
        made =>
        {
            visit.Http.Flash(nameof(Strings.WasCreated), resource.Name(made));
            return visit.Http.SeeOther(Made(made));
        },
        input => Shape(input, null));

    private async Task<IResult> EditFormAsync(Visit visit)
    {
        if ((await FindAsync(visit)).Value is not { } value) return visit.Http.NotFoundPage();
        return (await (await EditFormAsync(visit, value)).PreparedAsync()).Answer();
    }

    private async Task<FormContent> EditFormAsync(Visit visit, T value)
    {
        var isPage = EditSuffix.Length == 0;
        var name = resource.Name(value);
        var shell = isPage
            ? new Shell(name, ListPath, new Crumb(Title, ListPath))
            : new Shell(Texts.Format(AdminStrings.EditThing, name), ListPath, new Crumb(Title, ListPath), new Crumb(name, Href(value)));
        var values = (JsonObject)JsonSerializer.SerializeToNode(value, resource.Json)!;
        var form = new FormContent(
            shell, null, visit.Http.Request.Path, isPage ? Back(visit, value) : Href(value), Strings.Save, Sections(visit, value), new FormView(visit, values, new()))
        {
            Actions = MayDelete && isPage ? Deleting<T>.Button(Href(value) + "delete/") : null,
        };
        return await DressAsync(visit, value, form);
    }

    private async Task<IResult> UpdateAsync(Visit visit)
    {
        if ((await FindAsync(visit)).Value is not { } before) return visit.Http.NotFoundPage();
        return await Submission.TakeAsync(
            await EditFormAsync(visit, before), input => resource.UpdateAsync(visit.Caller, visit.Actor, visit.Key, input, isPartial: true, visit.Ct),
            value =>
            {
                visit.Http.Flash(nameof(Strings.WasSaved), resource.Name(value));
                return visit.Http.SeeOther(EditSuffix.Length == 0 ? ListPath : Href(value));
            },
            input => Shape(input, before));
    }

    protected Task<Outcome<T>> FindAsync(Visit visit) => resource.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct);
}
