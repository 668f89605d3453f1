using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Makes accounts for programs.</summary>
public sealed class ServiceAccounts(Users users, Groups groups, Tokens tokens, ResourceContext context)
{
    /// <summary>The folder of accounts that an admin makes; authentik's.</summary>
    private const string Folder = "goauthentik.io/service-accounts";

    /// <summary>Makes an account inside somebody's unit of work.</summary>
    /// <param name="path">Folder that admins sort users by.</param>
    public ValueTask<Outcome<User>> MakeAsync(Db db, Actor actor, string username, string name, string path, Caller? caller = null) => users.CreateAsync(
        db,
        actor,
        Input(new()
        {
            ["username"] = username,
            ["name"] = name,
            ["path"] = path,
            ["type"] = Account.ServiceAccount,
            ["attributes"] = new JsonObject { ["goauthentik.io/user/generated"] = true },
        }),
        caller);

    /// <summary>Makes an account with an app password, and a group of its own where that is wanted.</summary>
    internal async Task<Outcome<ServiceAccountMade>> MakeAsync(Caller caller, Actor actor, ServiceAccountWish wish, CancellationToken ct)
    {
        if (StepUp.IsDue(caller, context.Now())) return StepUp.Refuse<ServiceAccountMade>();
        try
        {
            return await context.Store.WriteAsync(async db =>
            {
                // the unit of work cannot be taken back once the account is made
                if (wish.CreateGroup && await db.OneAsync($"select name from groups where name_key = {NameKey.Of(wish.Name)}", r => r.Text()) is not null) return Taken;
                var account = await MakeAsync(db, actor, wish.Name, wish.Name, Folder, caller);
                if (account.Value is not { } user) return account.Errors?.For("username") is { } why ? Outcome<ServiceAccountMade>.Wrong("name", why) : account.As<ServiceAccountMade>();
                var group = wish.CreateGroup ? await GroupAsync(db, actor, user, caller) : null;
                var key = tokens.NewKey();
                await tokens.CreateAsync(db, actor, wish.ToToken(context.NewUuid(), user, tokens.Expiry()), key);
                return Outcome<ServiceAccountMade>.Done(new(user.Username, key, user.Uid, user.Pk, group?.Pk.ToString("D")));
            }, ct);
        }
        catch (DbException taken) when (taken.IsUnique())
        {
            return Taken;
        }
    }

    private static Outcome<ServiceAccountMade> Taken => Outcome<ServiceAccountMade>.Wrong("name", "A user or group of this name exists already.");

    private async ValueTask<Group> GroupAsync(Db db, Actor actor, User user, Caller caller) =>
        (await groups.CreateAsync(db, actor, Input(new() { ["name"] = user.Username, ["users"] = new JsonArray(user.Pk) }), caller)).Value
        ?? throw new InvalidOperationException($"What is a good name for a user is one for a group too: {user.Username}.");

    private static JsonElement Input(JsonObject fields) => JsonElement.Parse(fields.ToJsonString());
}
