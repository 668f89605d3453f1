using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Objects;
using Hearthkey.Applications;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The forms of an application's bindings.</summary>
public sealed class BindingPages(ApplicationResource applications, PolicyBindings bindings, Offers offers)
{
    /// <summary>The field by which a person says that they know.</summary>
    private const string OpenField = "open_to_everyone";

    private const string Path = AdminPaths.Applications + "{slug}/bindings/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(Path + "new/", NewFormAsync);
        routes.Post(Path + "new/", CreateAsync);
        routes.Get(Path + "{key}/", EditFormAsync);
        routes.Post(Path + "{key}/", UpdateAsync);
        var deleting = new Deleting<PolicyBinding>(bindings, AdminStrings.DeleteBindingSentence, AdminPaths.Applications, Back) { WarnAsync = WarnAsync };
        deleting.Map(routes, Path + "{key}/delete/");
    }

    private static string Slug(Visit visit) => (string)visit.Http.Request.RouteValues["slug"]!;

    private static string Back(Visit visit) => $"{AdminPaths.Applications}{Slug(visit)}/";

    private async Task<IResult> NewFormAsync(Visit visit) =>
        await FindAsync(visit) is { } application ? (await (await NewAsync(visit, application)).PreparedAsync()).Answer() : visit.Http.NotFoundPage();

    private async Task<IResult> CreateAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } application) return visit.Http.NotFoundPage();
        return await Submission.TakeAsync(
            await NewAsync(visit, application), input => bindings.CreateAsync(visit.Caller, visit.Actor, input, visit.Ct),
            made => Done(visit, nameof(Strings.WasCreated), made), input => input["target"] = application.PbmUuid.ToString());
    }

    private async Task<IResult> EditFormAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } application || await BindingAsync(visit) is not { } binding) return visit.Http.NotFoundPage();
        return (await Form(visit, application, binding).PreparedAsync()).Answer();
    }

    private async Task<IResult> UpdateAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } application || await BindingAsync(visit) is not { } binding) return visit.Http.NotFoundPage();
        var warning = visit.Form!["enabled"] == "true" ? null : await WarnAsync(visit, binding);
        var isTold = visit.Form[OpenField] == "true";
        return await Submission.TakeAsync(
            Form(visit, application, binding, mustTell: warning is not null),
            async input => warning is null || isTold
                ? await bindings.UpdateAsync(visit.Caller, visit.Actor, visit.Key, input, isPartial: true, visit.Ct)
                : Outcome<PolicyBinding>.Wrong(OpenField, warning),
            value => Done(visit, nameof(Strings.WasSaved), value), input => input.Remove(OpenField));
    }

    /// <summary>The last binding that counts: without it everyone may open the application.</summary>
    private async Task<string?> WarnAsync(Visit visit, PolicyBinding binding) =>
        await bindings.IsLastAsync(binding, visit.Ct) && await FindAsync(visit) is { } application
            ? Texts.Format(AdminStrings.LastBindingSentence, application.Name)
            : null;

    private static IResult Done(Visit visit, string message, PolicyBinding binding)
    {
        visit.Http.Flash(message, BindingRows.NameOf(binding));
        return visit.Http.SeeOther(Back(visit));
    }

    private async Task<Application?> FindAsync(Visit visit) =>
        (await applications.GetAsync(visit.Caller, Slug(visit), ListRequest.First(), visit.Ct)).Value;

    private async Task<PolicyBinding?> BindingAsync(Visit visit) => (await bindings.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value;

    private async Task<FormContent> NewAsync(Visit visit, Application application)
    {
        var others = await Offers.AllAsync(visit, bindings, "order", [new("target", application.PbmUuid.ToString())]);
        // room to put one between two others
        var order = others.Count == 0 ? 0 : others.Max(b => b.Order) + 10;
        return Form(visit, application, AdminStrings.AddBinding, AdminStrings.Create, new JsonObject { ["enabled"] = true, ["order"] = order });
    }

    private FormContent Form(Visit visit, Application application, PolicyBinding binding, bool mustTell = false) =>
        Form(visit, application, BindingRows.NameOf(binding), Strings.Save, (JsonObject)JsonSerializer.SerializeToNode(binding, bindings.Json)!, mustTell);

    private FormContent Form(Visit visit, Application application, string title, string save, JsonObject values, bool mustTell = false) => new(
        new Shell(title, AdminPaths.Applications, new Crumb(AdminStrings.Applications, AdminPaths.Applications), new Crumb(application.Name, Back(visit))),
        Texts.Format(AdminStrings.BindingSentence, application.Name), visit.Http.Request.Path, Back(visit), save,
        [
            new(AdminStrings.BoundTo, AdminStrings.BoundToHelp,
                new SelectField("group", AdminStrings.ModelGroup, offers.GroupsAsync) { Blank = AdminStrings.None },
                new SelectField("user", AdminStrings.ModelUser, offers.UsersAsync) { Blank = AdminStrings.None, IsNumber = true }),
            new(AdminStrings.Effect, null,
            [
                new TextField("order", AdminStrings.Order) { Type = "number", IsNumber = true, Help = AdminStrings.OrderHelp, IsRequired = true },
                new CheckField("negate", AdminStrings.Negate) { Help = AdminStrings.NegateHelp },
                new CheckField("enabled", AdminStrings.Enabled) { Help = AdminStrings.EnabledHelp },
                .. mustTell ? [new CheckField(OpenField, AdminStrings.OpenToEveryone)] : Array.Empty<FormField>(),
            ]),
        ],
        new FormView(visit, values, new()));
}
