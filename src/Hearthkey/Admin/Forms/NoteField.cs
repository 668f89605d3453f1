using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>Something to read among the fields; sends nothing.</summary>
public sealed class NoteField(string name, Func<FormView, Html> show) : FormField(name, "")
{
    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
    }

    protected override Html Control(FormView view) => show(view);
}
