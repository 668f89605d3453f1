using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Directory.Rows;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Endpoints;

/// <summary><c>core/users/service_account/</c>: a user for a program, its app password and, if asked for, its group, all at once.</summary>
internal sealed class ServiceAccountEndpoint(IStore store, Users users, Groups groups, Tokens tokens, TimeProvider time)
{
    private const string UserPath = "goauthentik.io/service-accounts";

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("POST", "core/users/service_account/", Access.Admin, CreateAsync).WithMetadata(new AnswerShape(DirectoryJson.Default.NewServiceAccount));

    private async Task CreateAsync(HttpContext context, ApiCall call)
    {
        var errors = new FieldErrors();
        var input = new FieldReader(call.Body, isPartial: false, errors);
        var name = input.Text("name", "", required: true, blank: false, max: 150).Trim();
        bool withGroup = input.Flag("create_group", false), isExpiring = input.Flag("expiring", true);
        var expires = input.Time("expires", null);
        if (isExpiring && expires <= time.GetUtcNow()) errors.Add("expires", "This is in the past.");
        var outcome = errors.Any ? Outcome<NewServiceAccount>.Wrong(errors)
            : StepUp.IsDue(call.Caller, time.GetUtcNow()) ? StepUp.Refuse<NewServiceAccount>()
            : await SaveAsync(call, name, withGroup, isExpiring ? expires ?? tokens.Expiry() : null, context.RequestAborted);
        await context.AnswerAsync(outcome, DirectoryJson.Default.NewServiceAccount);
    }

    private async Task<Outcome<NewServiceAccount>> SaveAsync(
        ApiCall call, string name, bool withGroup, DateTimeOffset? expires, CancellationToken ct)
    {
        try
        {
            return await store.WriteAsync(db => SaveAsync(db, call, name, withGroup, expires), ct);
        }
        catch (DbException failure) when (failure.IsUnique())
        {
            return Outcome<NewServiceAccount>.Wrong("name", $"A {(withGroup ? "user or group" : "user")} of this name already exists.");
        }
    }

    private async ValueTask<Outcome<NewServiceAccount>> SaveAsync(Db db, ApiCall call, string name, bool withGroup, DateTimeOffset? expires)
    {
        var user = await users.CreateAsync(
            db, call.Actor, Input(new() { ["username"] = name, ["name"] = name, ["type"] = "service_account", ["path"] = UserPath }));
        if (user.Value is not { } made)
        {
            var why = new FieldErrors();
            foreach (var field in user.Errors?.Fields ?? []) why.Add("name", user.Errors!.For(field)!);
            return Outcome<NewServiceAccount>.Wrong(why);
        }
        var group = withGroup
            ? await groups.CreateAsync(db, call.Actor, Input(new() { ["name"] = name, ["users"] = new JsonArray(made.Pk) }))
            : null;
        var key = tokens.NewKey();
        var identifier = $"service-account-{Slug(name)}-password";
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        var token = new Token(uuid, null, identifier, TokenRows.AppPassword, made.Pk, null, "", expires, expires is not null);
        await tokens.CreateAsync(db, call.Actor, token, key);
        return Outcome<NewServiceAccount>.Done(new(made.Username, key, made.Uid, made.Pk, group?.Value?.Pk.ToString("D")));
    }

    private static string Slug(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));

    private static JsonElement Input(JsonObject fields) => JsonElement.Parse(fields.ToJsonString());
}
