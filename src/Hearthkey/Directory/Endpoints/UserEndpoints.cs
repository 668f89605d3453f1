using System.Globalization;
using Hearthkey.Audit;
using Hearthkey.Directory.Rows;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Endpoints;

/// <summary>What can be done with users beside the five doors of a resource.</summary>
internal sealed class UserEndpoints(IStore store, People people, Passwords passwords, ServiceAccounts serviceAccounts, TimeProvider time)
{
    // what the admin interface of API clients asks for before it shows itself
    private static readonly string[] _adminPermissions =
        ["access_admin_interface", "view_system_info", "view_system_settings", "edit_system_settings"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("GET", "core/users/me/", Access.Person, MeAsync).WithMetadata(new AnswerShape(DirectoryJson.Default.SessionUser));
        routes.MapApi("GET", "core/users/paths/", Access.Admin, PathsAsync).WithMetadata(new AnswerShape(DirectoryJson.Default.UserPaths, "search"));
        routes.MapApi("POST", "core/users/service_account/", Access.Admin, MakeServiceAccountAsync).WithMetadata(new AnswerShape(DirectoryJson.Default.ServiceAccountMade));
        routes.MapApi("POST", "core/users/{key}/set_password/", Access.Admin, SetPasswordAsync);
    }

    private async Task MeAsync(HttpContext context, ApiCall call)
    {
        var outcome = await people.FindAsync(call.Caller.UserPk, context.RequestAborted) is { } account
            ? Outcome<SessionUser>.Done(new(Self(account), null, [Self(account)]))
            : Outcome<SessionUser>.Missing;
        await context.AnswerAsync(outcome, DirectoryJson.Default.SessionUser);
    }

    private async Task PathsAsync(HttpContext context, ApiCall call)
    {
        var search = call.List().Argument("search") ?? "";
        var paths = await store.ReadAsync(
            db => db.ListAsync(
                $@"select distinct path from users where lower(path) like {Filter.Contains(search)} escape '\' order by path",
                r => r.Text()),
            context.RequestAborted);
        await context.AnswerAsync(Outcome<UserPaths>.Done(new(paths)), DirectoryJson.Default.UserPaths);
    }

    private async Task MakeServiceAccountAsync(HttpContext context, ApiCall call)
    {
        var errors = new FieldErrors();
        var input = new FieldReader(call.Body, isPartial: false, errors);
        var wish = new ServiceAccountWish(
            input.Text("name", "", required: true, blank: false, max: 150).Trim(), input.Flag("create_group", false), input.Flag("expiring", true), input.Time("expires", null));
        if (wish is { Expiring: true, Expires: { } end } && end <= time.GetUtcNow()) errors.Add("expires", "This is in the past.");
        var outcome = errors.Any
            ? Outcome<ServiceAccountMade>.Wrong(errors)
            : await serviceAccounts.MakeAsync(call.Caller, call.Actor, wish, context.RequestAborted);
        await context.AnswerAsync(outcome, DirectoryJson.Default.ServiceAccountMade);
    }

    private async Task SetPasswordAsync(HttpContext context, ApiCall call)
    {
        var ct = context.RequestAborted;
        var isNumber = long.TryParse(context.Key(), NumberStyles.None, CultureInfo.InvariantCulture, out var pk);
        if (!isNumber || await people.FindAsync(pk, ct) is not { } account)
        {
            await context.AnswerAsync(Outcome<SessionUser>.Missing, DirectoryJson.Default.SessionUser);
            return;
        }
        if (StepUp.IsDue(call.Caller, time.GetUtcNow()))
        {
            await context.AnswerAsync(StepUp.Refuse<SessionUser>(), DirectoryJson.Default.SessionUser);
            return;
        }
        var errors = new FieldErrors();
        var password = new FieldReader(call.Body, isPartial: false, errors).Text("password", "", required: true);
        if (!errors.Any && (Passwords.WhyNoneFor(account.Type) ?? Passwords.WhyNot(password)) is { } reason) errors.Add("password", reason);
        if (errors.Any)
        {
            await context.AnswerAsync(Outcome<SessionUser>.Wrong(errors), DirectoryJson.Default.SessionUser);
            return;
        }
        if (await passwords.HashAsync(password, ct) is not { } hashed)
        {
            await context.AnswerLaterAsync(
                StatusCodes.Status503ServiceUnavailable, Passwords.BusyFor, "Many people sign in right now. Please try again in a moment.");
            return;
        }
        await store.WriteAsync(db => SetAsync(db, pk, hashed, call.Actor), ct);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async ValueTask<bool> SetAsync(Db db, long pk, HashedPassword password, Actor actor)
    {
        await passwords.SetAsync(db, pk, password, actor);
        return true;
    }

    private static UserSelf Self(Account a) => new(
        a.Pk, a.Username, a.Name, a.IsActive, a.IsSuperuser, true,
        [.. a.Groups.Select(g => new UserSelfGroup(g.Name, g.Uuid.ToString("D")))], [], Blank.ToNull(a.Email), UserRows.Avatar,
        a.Uid, UserRows.NoAttributes, a.Type, a.IsSuperuser ? _adminPermissions : []);
}
