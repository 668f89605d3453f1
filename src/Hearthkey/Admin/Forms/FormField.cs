using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A field of a form, bound to a field of the wire: reads it from the form into the input of a resource, and shows it.</summary>
/// <param name="name">As on the wire, and as the form field.</param>
public abstract class FormField(string name, string label)
{
    public string Name => name;

    public string Label => label;

    public string? Help { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Shown only while another field has a value: the suffix of the CSS class <c>only-…</c>. Without support for that it is always shown.</summary>
    public string? Only { get; init; }

    /// <summary>Fetches what the field offers to choose from.</summary>
    public virtual ValueTask PrepareAsync(FormView view) => ValueTask.CompletedTask;

    /// <summary>Takes the field from a form that was sent.</summary>
    public abstract void Read(IFormCollection form, JsonObject into, FieldErrors errors);

    public Html Show(FormView view)
    {
        var control = Control(view);
        return Only is null ? control : Hidden(control);
    }

    protected abstract Html Control(FormView view);

    private Html Hidden(Html control) => $"""<div class="only-{Only}">{control}</div>""";
}
