using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.Bench.Load;
using Hearthkey.Bench.Processes;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Bench.Hosts;

/// <summary>
/// Fills a data folder with a plan: providers, applications and the outpost through the server's own resources, people and sessions as rows
/// through its own store. A process of its own, so that nothing of it is left in the one that is measured.
/// </summary>
internal static class Preparation
{
    public const string Command = "prepare";

    private const int Batch = 5000;

    private static readonly Caller _admin = new(1, Guid.Empty, "bench", "", true, false, null);

    /// <summary>Among the arguments: signed statements are switched on.</summary>
    public const string Statements = "--jwt";

    /// <summary>Arguments: data folder, file for the load, hosts, sessions; in proxy mode the application's address; <see cref="Statements"/>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var plan = new HostPlan(int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture), args.Contains(Statements));
        await using var app = ServerHost.Create(args[1]);
        await HearthkeyServer.StartAsync(app, CancellationToken.None);
        var providers = await HostsAsync(app.Services, plan, args.Skip(5).FirstOrDefault(a => a != Statements));
        await File.WriteAllLinesAsync(args[2], providers.Select((p, host) => new CheckSite(HostPlan.HostName(host), CookieName(p.ClientId)).Write()));
        var pks = providers.Select(p => p.Pk).ToArray();
        var store = app.Services.GetRequiredService<IStore>();
        var now = TimeProvider.System.GetUtcNow();
        await PeopleRows.WriteAsync(store, plan, now);
        await InBatchesAsync(store, plan.Sessions, (db, i) => SessionAsync(db, i, pks[plan.HostOf(i)], now));
        await app.StopAsync();
        await Answering.LoopAsync("done", _ => throw new InvalidOperationException());
        return 0;
    }

    /// <summary>Runs a step for each number below <paramref name="count"/>, many in one transaction.</summary>
    public static async Task InBatchesAsync(IStore store, int count, Func<Db, int, ValueTask> step)
    {
        for (var start = 0; start < count; start += Batch)
        {
            var first = start;
            await store.WriteAsync(async db =>
            {
                for (var i = first; i < Math.Min(first + Batch, count); i++) await step(db, i);
                return true;
            }, CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<ProxyProvider>> HostsAsync(IServiceProvider services, HostPlan plan, string? upstream)
    {
        var store = services.GetRequiredService<IStore>();
        var resource = services.GetRequiredService<ProxyProviders>();
        var applications = services.GetRequiredService<ApplicationResource>();
        var flow = await FlowAsync(store, "default-provider-authorization-implicit-consent");
        var ending = await FlowAsync(store, "default-provider-invalidation-flow");
        var providers = new List<ProxyProvider>();
        await InBatchesAsync(store, plan.Hosts, async (db, host) =>
        {
            var provider = Value(await resource.CreateAsync(db, Actor.Server, Json(new()
            {
                ["name"] = $"Provider {host}",
                ["authorization_flow"] = flow,
                ["invalidation_flow"] = ending,
                ["mode"] = upstream is null ? ProxyProviders.Single : ProxyProviders.Proxying,
                ["internal_host"] = upstream ?? "",
                // these names lead nowhere, and looking for them is no part of a request
                ["skip_self_probe"] = true,
                ["identity_jwt"] = plan.HasStatements,
                ["external_host"] = "https://" + HostPlan.HostName(host),
            })));
            Value(await applications.CreateAsync(db, Actor.Server, Json(new()
            {
                ["name"] = $"Application {host}",
                ["slug"] = $"app-{host}",
                ["provider"] = provider.Pk,
            })));
            providers.Add(provider);
        });
        var outpost = await store.ReadAsync(db => db.OneAsync($"select outpost_uuid from outpost", r => r.Text()), CancellationToken.None);
        Value(await services.GetRequiredService<OutpostInstances>().UpdateAsync(
            _admin, Actor.Server, outpost!, Json(new() { ["providers"] = new JsonArray([.. providers.Select(p => (JsonNode)p.Pk)]) }), true, CancellationToken.None));
        return providers;
    }

    private static async ValueTask SessionAsync(Db db, int session, long provider, DateTimeOffset now)
    {
        var person = HostPlan.PersonOf(session);
        await db.ExecAsync(
            $"""
            insert into proxy_session (id_hash, provider_pk, user_pk, session_uuid, created_at, expires_at)
            values ({HostPlan.CookieHash(session)}, {provider}, {PeopleRows.Pk(person)}, {HostPlan.SignIn(person)}, {now}, {now.AddHours(6)})
            """);
    }

    private static async Task<string> FlowAsync(IStore store, string slug) =>
        await store.ReadAsync(db => db.OneAsync($"select flow_uuid from flow where slug = {slug}", r => r.Text()), CancellationToken.None)
        ?? throw new InvalidOperationException($"There is no flow {slug}.");

    // as forward-auth.md 5.5 has it
    private static string CookieName(string clientId) =>
        "__Host-authentik_proxy_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clientId)))[..8];

    private static JsonElement Json(JsonObject value) => JsonElement.Parse(value.ToJsonString());

    private static T Value<T>(Outcome<T> outcome) where T : class =>
        outcome.Value ?? throw new InvalidOperationException($"Refused: {outcome.Refusal} {outcome.Errors?.ToJson()}");
}
