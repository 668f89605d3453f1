using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Directory.Hashing;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Start;

/// <summary>What Directory brings along: <c>akadmin</c>, the group of admins, and what the environment asks for.</summary>
internal static class DirectoryDefaults
{
    public static readonly DefaultSet Set = new("directory", 1, ApplyAsync);

    private static async ValueTask ApplyAsync(IServiceProvider services, Db db, int from)
    {
        var settings = services.GetRequiredService<Settings>();
        if (settings.BootstrapPassword is { } text && Passwords.WhyNot(text) is { } reason)
            throw new StartupException($"BOOTSTRAP_PASSWORD cannot be used for akadmin: {reason}");
        var admins = Done(await services.GetRequiredService<Groups>().CreateAsync(
            db, Actor.Server, Input(new() { ["name"] = "authentik Admins", ["is_superuser"] = true })));
        var akadmin = Done(await services.GetRequiredService<Users>().CreateAsync(
            db,
            Actor.Server,
            Input(new()
            {
                ["username"] = "akadmin",
                ["name"] = "authentik Default Admin",
                ["email"] = settings.BootstrapEmail ?? "",
                ["groups"] = new JsonArray(admins.Pk.ToString("D")),
            })));
        if (settings.BootstrapPassword is { } password)
        {
            var hashed = new HashedPassword(PasswordHash.Make(password));
            await services.GetRequiredService<Passwords>().SetAsync(db, akadmin.Pk, hashed, Actor.Server);
        }
        if (settings.BootstrapToken is { } key)
        {
            var uuid = Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow());
            var token = new Token(
                uuid, null, "authentik-bootstrap-token", Token.Api, akadmin.Pk, null, "From BOOTSTRAP_TOKEN", null, false);
            await services.GetRequiredService<Tokens>().CreateAsync(db, Actor.Server, token, key);
        }
    }

    private static T Done<T>(Outcome<T> outcome) where T : class =>
        outcome.Value ?? throw new StartupException($"The default users cannot be made: {outcome.Errors?.ToJson().ToJsonString()}");

    private static JsonElement Input(JsonObject fields) => JsonElement.Parse(fields.ToJsonString());
}
