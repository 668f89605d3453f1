using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.Directory.Endpoints;

/// <summary>Members of groups one by one, and the keys of tokens.</summary>
internal sealed class GroupAndTokenEndpoints(Groups groups, Tokens tokens)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("POST", "core/groups/{key}/add_user/", Access.Admin, (c, call) => ChangeMemberAsync(c, call, isMember: true));
        routes.MapApi("POST", "core/groups/{key}/remove_user/", Access.Admin, (c, call) => ChangeMemberAsync(c, call, isMember: false));
        routes.MapApi("GET", "core/tokens/{key}/view_key/", Access.Person, ViewKeyAsync).WithMetadata(new AnswerShape(DirectoryJson.Default.TokenView));
        routes.MapApi("POST", "core/tokens/{key}/set_key/", Access.Admin, SetKeyAsync);
    }

    private async Task ChangeMemberAsync(HttpContext context, ApiCall call, bool isMember)
    {
        var errors = new FieldErrors();
        var user = new FieldReader(call.Body, isPartial: false, errors).Number("pk", 0, required: true);
        var outcome = errors.Any
            ? Outcome<Group>.Wrong(errors)
            : await groups.ChangeMemberAsync(call.Caller, call.Actor, context.Key(), user, isMember, context.RequestAborted);
        await context.AnswerAsync(outcome, DirectoryJson.Default.Group, StatusCodes.Status204NoContent);
    }

    private async Task ViewKeyAsync(HttpContext context, ApiCall call)
    {
        var outcome = await tokens.ViewKeyAsync(call.Caller, call.Actor, context.Key(), context.RequestAborted);
        var view = outcome.Value is { } key ? Outcome<TokenView>.Done(new(key)) : outcome.As<TokenView>();
        await context.AnswerAsync(view, DirectoryJson.Default.TokenView);
    }

    private async Task SetKeyAsync(HttpContext context, ApiCall call)
    {
        var errors = new FieldErrors();
        var key = new FieldReader(call.Body, isPartial: false, errors).Text("key", "", required: true, blank: false);
        var outcome = errors.Any
            ? Outcome<Token>.Wrong(errors)
            : await tokens.SetKeyAsync(call.Caller, call.Actor, context.Key(), key, context.RequestAborted);
        await context.AnswerAsync(outcome, DirectoryJson.Default.Token, StatusCodes.Status204NoContent);
    }
}
