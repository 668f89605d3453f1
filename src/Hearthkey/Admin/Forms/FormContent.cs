using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A page with a form.</summary>
/// <param name="Action">Where it is sent.</param>
/// <param name="SaveText">On the button.</param>
public sealed record FormContent(
    Shell Shell, string? Sentence, string Action, string CancelUrl, string SaveText, IReadOnlyList<FormSection> Sections, FormView View)
{
    public const string PartId = "form";

    /// <summary>Buttons beside the page's name.</summary>
    public Html? Actions { get; init; }

    /// <summary>Between the name and the form, such as tabs.</summary>
    public Html? Above { get; init; }

    /// <summary>After the form.</summary>
    public Html? Below { get; init; }

    /// <summary>Messages that belong to no field of this form.</summary>
    public IReadOnlyList<string> GeneralErrors
    {
        get
        {
            var shown = Sections.SelectMany(s => s.Fields).Select(f => f.Name).ToHashSet();
            return [.. View.Errors.Fields.Where(f => !shown.Contains(f)).Select(f => View.Error(f)!)];
        }
    }

    /// <summary>Fetches what the fields offer.</summary>
    public async ValueTask<FormContent> PreparedAsync()
    {
        foreach (var field in Sections.SelectMany(s => s.Fields)) await field.PrepareAsync(View);
        return this;
    }

    public IResult Answer(int status = StatusCodes.Status200OK) =>
        View.Visit.Http.Page(this, PartId, Slices.FormPage.Create, Slices.FormPart.Create, status);
}
