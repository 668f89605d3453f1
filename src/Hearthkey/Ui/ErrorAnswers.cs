using Hearthkey.Ui.Slices;

namespace Hearthkey.Ui;

/// <summary>What a person sees when something cannot be done: one sentence, one next step, a reference. Never the text of an exception.</summary>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Sentence">The same in one sentence.</param>
/// <param name="NextStep">What the person can do now.</param>
/// <param name="Reference">What to tell an administrator.</param>
public sealed record ErrorContent(int Status, string Title, string Sentence, string NextStep, string Reference)
{
    /// <summary>A link that does the next step; null offers none.</summary>
    public Crumb? Action { get; init; }

    /// <summary>Facts for whoever runs the server (what was expected, what came): never secrets. Empty shows none.</summary>
    public IReadOnlyList<(string Term, string Value)> Facts { get; init; } = [];
}

/// <summary>Answers that are error pages.</summary>
public static class ErrorAnswers
{
    /// <summary>An error page; inside a page that htmx drives, its card alone in place of the page's content.</summary>
    public static IResult ErrorPage(this HttpContext c, int status, string title, string sentence, string nextStep, string? reference = null, Crumb? action = null) =>
        c.ErrorPage(new ErrorContent(status, title, sentence, nextStep, reference ?? c.Reference()) { Action = action });

    public static IResult ErrorPage(this HttpContext c, ErrorContent content)
    {
        if (c.Request.Headers["HX-Request"] != "true") return c.Page(Slices.ErrorPage.Create(content), content.Status);
        c.Response.Headers["HX-Retarget"] = "#main";
        c.Response.Headers["HX-Reswap"] = "innerHTML";
        return c.Page(ErrorCard.Create(content), content.Status);
    }

    /// <summary>404 for a person.</summary>
    public static IResult NotFoundPage(this HttpContext c) =>
        c.ErrorPage(StatusCodes.Status404NotFound, Strings.NotFoundTitle, Strings.NotFoundSentence, Strings.NotFoundNext, action: Home(c));

    /// <summary>403 for a person who is signed in but may not do this.</summary>
    public static IResult ForbiddenPage(this HttpContext c) =>
        c.ErrorPage(StatusCodes.Status403Forbidden, Strings.ForbiddenTitle, Strings.ForbiddenSentence, Strings.ForbiddenNext, action: Home(c));

    /// <summary>500 for a person. What happened goes to the log under the same reference.</summary>
    public static IResult FailurePage(this HttpContext c) =>
        c.ErrorPage(StatusCodes.Status500InternalServerError, Strings.FailureTitle, Strings.FailureSentence, Strings.FailureNext, action: Home(c));

    /// <summary>403 for a form whose forgery token is missing, old or another session's.</summary>
    public static IResult StaleForm(this HttpContext c) =>
        c.ErrorPage(StatusCodes.Status403Forbidden, Strings.StaleFormTitle, Strings.StaleFormSentence, Strings.StaleFormNext);

    private static Crumb Home(HttpContext c) => new(Strings.BackToStart, c.Ui().Links.Portal);
}
