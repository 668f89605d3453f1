using Hearthkey.Admin.StepUps;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Objects;

/// <summary>Pages for operations that did not succeed and have no form to show it in.</summary>
public static class Refusals
{
    public static IResult Answer<T>(Visit visit, Outcome<T> outcome) where T : class => outcome switch
    {
        { Code: StepUp.Code } => PasswordAgain.Ask(visit),
        { Refusal: { } sentence } => Page(visit, StatusCodes.Status403Forbidden, sentence),
        { Errors: { } errors } => Page(visit, StatusCodes.Status422UnprocessableEntity, string.Join(' ', errors.Fields.Select(errors.For))),
        _ => visit.Http.NotFoundPage(),
    };

    private static IResult Page(Visit visit, int status, string sentence) =>
        visit.Http.ErrorPage(status, AdminStrings.NotDoneTitle, sentence, AdminStrings.NotDoneNext, action: new Crumb(AdminStrings.BackToAdmin, AdminPaths.Start));
}
