using Hearthkey.Admin.Forms;
using Hearthkey.Admin.StepUps;
using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Directory → Users → one of them → Set password.</summary>
public sealed class UserPassword(Users users, Passwords passwords, IStore store)
{
    private const string Field = "password";

    private const string Path = AdminPaths.Users + "{key}/password/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(Path, ShowAsync);
        routes.Post(Path, SetAsync);
    }

    private async Task<IResult> ShowAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } user) return visit.Http.NotFoundPage();
        return PasswordAgain.AskIfDue(visit) ?? Form(visit, user, new()).Answer();
    }

    private async Task<IResult> SetAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } user) return visit.Http.NotFoundPage();
        if (PasswordAgain.AskIfDue(visit) is { } question) return question;
        // the answer to the question comes without the password that is to be set
        if (!visit.Form!.ContainsKey(Field)) return visit.Http.SeeOther(visit.Http.Request.Path);
        var password = visit.Form[Field].ToString();
        var errors = new FieldErrors();
        if ((Passwords.WhyNoneFor(user.Type) ?? Passwords.WhyNot(password)) is { } reason) errors.Add(Field, reason);
        else if (password != visit.Form["password_repeated"]) errors.Add("password_repeated", AdminStrings.PasswordsDiffer);
        if (errors.Any) return Form(visit, user, errors).Answer(StatusCodes.Status422UnprocessableEntity);
        if (await passwords.HashAsync(password, visit.Ct) is not { } hashed)
        {
            errors.Add(FieldErrors.General, AdminStrings.PasswordBusy);
            return Form(visit, user, errors).Answer(StatusCodes.Status503ServiceUnavailable);
        }
        await store.WriteAsync(async db =>
        {
            await passwords.SetAsync(db, user.Pk, hashed, visit.Actor);
            return true;
        }, visit.Ct);
        visit.Http.Flash(nameof(Strings.PasswordWasSet), user.Username);
        return visit.Http.SeeOther($"{AdminPaths.Users}{user.Pk}/");
    }

    private async Task<User?> FindAsync(Visit visit) => (await users.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value;

    private static FormContent Form(Visit visit, User user, FieldErrors errors)
    {
        var page = $"{AdminPaths.Users}{user.Pk}/";
        var shell = new Shell(AdminStrings.SetPassword, AdminPaths.Users, new Crumb(AdminStrings.Users, AdminPaths.Users), new Crumb(user.Username, page));
        return new(
            shell, Texts.Format(AdminStrings.SetPasswordSentence, user.Username), visit.Http.Request.Path, page, AdminStrings.SetPassword,
            [
                new(AdminStrings.Password, AdminStrings.SetPasswordHelp,
                    new PasswordField(Field, AdminStrings.NewPassword) { Help = AdminStrings.NewPasswordHelp },
                    new PasswordField("password_repeated", AdminStrings.PasswordRepeated)),
            ],
            new FormView(visit, [], errors));
    }
}
