using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Objects;
using Hearthkey.Applications;
using Hearthkey.ForwardAuth;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The forms of the bindings of applications and of hosts with rules of their own.</summary>
public sealed class BindingPages(ApplicationResource applications, ProxyHosts hosts, PolicyBindings bindings, Offers offers)
{
    /// <summary>The field by which a person says that they know.</summary>
    private const string OpenField = "open_to_everyone";

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, AdminPaths.Applications, async visit =>
            (await applications.GetAsync(visit.Caller, Owner(visit), ListRequest.First(), visit.Ct)).Value is { } found ? BoundThing.Of(found) : null);
        Map(routes, AdminPaths.Hosts, async visit =>
            (await hosts.GetAsync(visit.Caller, Owner(visit), ListRequest.First(), visit.Ct)).Value is { } found ? BoundThing.Of(found) : null);
    }

    private void Map(IEndpointRouteBuilder routes, string start, Func<Visit, Task<BoundThing?>> findAsync)
    {
        var path = start + BoundThing.BindingsPath;
        routes.Get(path + "new/", visit => WithAsync(visit, NewFormAsync));
        routes.Post(path + "new/", visit => WithAsync(visit, CreateAsync));
        routes.Get(path + "{key}/", visit => WithBindingAsync(visit, EditFormAsync));
        routes.Post(path + "{key}/", visit => WithBindingAsync(visit, UpdateAsync));
        new Deleting<PolicyBinding>(bindings, AdminStrings.DeleteBindingSentence, start, (visit, _) => $"{start}{Owner(visit)}/")
        {
            WarnAsync = async (visit, binding) => await findAsync(visit) is { } thing ? await WarnAsync(visit, thing, binding) : null,
        }.Map(routes, path + "{key}/delete/");

        async Task<IResult> WithAsync(Visit visit, Func<Visit, BoundThing, Task<IResult>> answer) =>
            await findAsync(visit) is { } thing ? await answer(visit, thing) : visit.Http.NotFoundPage();

        async Task<IResult> WithBindingAsync(Visit visit, Func<Visit, BoundThing, PolicyBinding, Task<IResult>> answer) =>
            await findAsync(visit) is { } thing && (await bindings.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value is { } binding
                ? await answer(visit, thing, binding)
                : visit.Http.NotFoundPage();
    }

    private static string Owner(Visit visit) => (string)visit.Http.Request.RouteValues["owner"]!;

    private async Task<IResult> NewFormAsync(Visit visit, BoundThing thing) => (await (await NewAsync(visit, thing)).PreparedAsync()).Answer();

    private async Task<IResult> CreateAsync(Visit visit, BoundThing thing) => await Submission.TakeAsync(
        await NewAsync(visit, thing), input => bindings.CreateAsync(visit.Caller, visit.Actor, input, visit.Ct),
        made => Done(visit, thing, nameof(Strings.WasCreated), made), input => input["target"] = thing.Target.ToString());

    private async Task<IResult> EditFormAsync(Visit visit, BoundThing thing, PolicyBinding binding) =>
        (await Form(visit, thing, binding).PreparedAsync()).Answer();

    private async Task<IResult> UpdateAsync(Visit visit, BoundThing thing, PolicyBinding binding)
    {
        var warning = visit.Form!["enabled"] == "true" ? null : await WarnAsync(visit, thing, binding);
        var isTold = visit.Form[OpenField] == "true";
        return await Submission.TakeAsync(
            Form(visit, thing, binding, mustTell: warning is not null),
            async input => warning is null || isTold
                ? await bindings.UpdateAsync(visit.Caller, visit.Actor, visit.Key, input, isPartial: true, visit.Ct)
                : Outcome<PolicyBinding>.Wrong(OpenField, warning),
            value => Done(visit, thing, nameof(Strings.WasSaved), value), input => input.Remove(OpenField));
    }

    /// <summary>The last binding that counts: without it everyone may open the thing.</summary>
    private async Task<string?> WarnAsync(Visit visit, BoundThing thing, PolicyBinding binding) =>
        await bindings.IsLastAsync(binding, visit.Ct) ? Texts.Format(AdminStrings.LastBindingSentence, thing.Name, thing.Everyone) : null;

    private static IResult Done(Visit visit, BoundThing thing, string message, PolicyBinding binding)
    {
        visit.Http.Flash(message, BindingRows.NameOf(binding));
        return visit.Http.SeeOther(thing.Href);
    }

    private async Task<FormContent> NewAsync(Visit visit, BoundThing thing)
    {
        var others = await BindingRows.OfAsync(visit, bindings, thing.Target);
        // room to put one between two others
        var order = others.Count == 0 ? 0 : others.Max(b => b.Order) + 10;
        return Form(visit, thing, AdminStrings.AddBinding, AdminStrings.Create, new JsonObject { ["enabled"] = true, ["order"] = order });
    }

    private FormContent Form(Visit visit, BoundThing thing, PolicyBinding binding, bool mustTell = false) =>
        Form(visit, thing, BindingRows.NameOf(binding), Strings.Save, (JsonObject)JsonSerializer.SerializeToNode(binding, bindings.Json)!, mustTell);

    private FormContent Form(Visit visit, BoundThing thing, string title, string save, JsonObject values, bool mustTell = false) => new(
        new Shell(title, thing.List.Href, thing.List, new Crumb(thing.Name, thing.Href)),
        Texts.Format(AdminStrings.BindingSentence, thing.Name), visit.Http.Request.Path, thing.Href, save,
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
