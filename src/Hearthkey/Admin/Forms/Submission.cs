using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Objects;
using Hearthkey.Resources;

namespace Hearthkey.Admin.Forms;

/// <summary>Takes a form that was sent: reads its fields, hands them to a resource, and shows the form again with what was wrong.</summary>
public static class Submission
{
    /// <param name="form">The page of the form, with what it holds before the input is read.</param>
    /// <param name="save">Creates or updates.</param>
    /// <param name="done">The answer where that went well.</param>
    /// <param name="shape">Finishes what was read.</param>
    public static async Task<IResult> TakeAsync<T>(
        FormContent form, Func<JsonElement, Task<Outcome<T>>> save, Func<T, IResult> done, Action<JsonObject>? shape = null) where T : class
    {
        if (Read(form, shape) is { } input)
        {
            var outcome = await save(input);
            if (outcome.Value is { } value) return done(value);
            if (outcome.Errors is not { } errors) return Refusals.Answer(form.View.Visit, outcome);
            foreach (var field in errors.Fields) form.View.Errors.Add(field, errors.For(field)!);
        }
        return (await form.PreparedAsync()).Answer(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The input that the form makes; null where it cannot be one, or where a button asked for something else than saving.</summary>
    private static JsonElement? Read(FormContent form, Action<JsonObject>? shape)
    {
        var input = new JsonObject();
        var view = form.View;
        foreach (var field in form.Sections.SelectMany(s => s.Fields)) field.Read(view.Visit.Form!, input, view.Errors);
        shape?.Invoke(input);
        foreach (var (name, value) in input) view.Values[name] = value?.DeepClone();
        return view.Errors.Any || view.Visit.Op is not ("" or "save") ? null : JsonElement.Parse(input.ToJsonString());
    }
}
