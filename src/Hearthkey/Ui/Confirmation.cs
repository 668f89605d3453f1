using Hearthkey.Ui.Slices;

namespace Hearthkey.Ui;

/// <summary>Asks before something that cannot be undone: a dialog over the page, or a page of its own without JavaScript.</summary>
/// <param name="Title">The question, with the name: "Delete Grafana?".</param>
/// <param name="Sentence">What will be different afterwards.</param>
/// <param name="Button">The verb on the button.</param>
/// <param name="PostUrl">Where the form is sent; it carries the forgery token and nothing else.</param>
/// <param name="CancelUrl">Where the page without JavaScript goes back to.</param>
public sealed record Confirmation(string Title, string Sentence, string Button, string PostUrl, string CancelUrl)
{
    /// <summary>Name of the element dialogs are put into.</summary>
    public const string PartId = "dialog";

    /// <summary>What else is affected ("Used by"): text and address, or null where there is no page for it.</summary>
    public IReadOnlyList<(string Text, string? Href)> UsedBy { get; init; } = [];

    /// <summary>The navigation link that the page without JavaScript belongs to.</summary>
    public string Active { get; init; } = "";

    /// <summary>Whether the page without JavaScript is the portal's rather than the admin interface's.</summary>
    public bool IsInPortal { get; init; }
}

/// <summary>Answers that ask for confirmation.</summary>
public static class Confirmations
{
    public static IResult Confirm(this HttpContext c, Confirmation content) => c.Page(
        content, Confirmation.PartId, content.IsInPortal ? ConfirmUserPage.Create : ConfirmAdminPage.Create, ConfirmDialog.Create);
}
