using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Brands;
using Hearthkey.ForwardAuth.Embedded;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth;

/// <summary>Outposts as a managed object. Only the embedded one is built: it can be renamed and given providers.</summary>
public sealed class OutpostInstances(ResourceContext context, Snapshots snapshots, Applications.Providers providers) : Resource<OutpostInstance>(context)
{
    public const string Kind = "authentik_outposts.outpost";

    /// <summary>The value of <see cref="OutpostInstance.Managed"/> by which scripts know the embedded outpost.</summary>
    public const string EmbeddedName = "goauthentik.io/outposts/embedded";

    internal const string Proxy = "proxy";

    private const string Standalone =
        "Standalone outposts are not built yet. The embedded outpost serves all providers: select them there instead.";

    public override string Model => Kind;

    public override string Path => "outposts/instances";

    public override string KeyName => "uuid";

    public override string VerboseName => "outpost";

    public override JsonTypeInfo<OutpostInstance> Json => ForwardAuthJson.Default.OutpostInstance;

    protected override Table<OutpostInstance> Table { get; } = new(
        SqlText.Constant("outpost"),
        SqlText.Constant("outpost_uuid, name, type, config, managed"),
        o => $"{o.Pk}, {o.Name}, {o.Type}, {new Json(o.Config.GetRawText())}, {o.Managed}",
        r => new() { Pk = r.Guid(), Name = r.Text(), Type = r.Text(), Config = JsonElement.Parse(r.Json()), Managed = r.TextOrNull() });

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("name__iexact", text => $"lower(name) = {text.ToLowerInvariant()}"),
        Filter.Text("name__icontains", text => $"lower(name) like {Filter.Contains(text)} escape '\\'"),
        Filter.Text("managed__iexact", text => $"lower(managed) = {text.ToLowerInvariant()}"),
        Filter.Text("managed__icontains", text => $"lower(managed) like {Filter.Contains(text)} escape '\\'"),
        Filter.Flag("providers__isnull", isNull => isNull
            ? $"outpost_uuid not in (select outpost_uuid from outpost_provider)"
            : (Sql)$"outpost_uuid in (select outpost_uuid from outpost_provider)"),
        Filter.Number("providers_by_pk", pk => $"outpost_uuid in (select outpost_uuid from outpost_provider where provider_pk = {pk})"),
        Filter.Text("service_connection__name__iexact", _ => $"1 = 0"),
        Filter.Text("service_connection__name__icontains", _ => $"1 = 0"),
    ];

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        Ordering.By("name"), Ordering.By("type"), new("managed", SqlText.Constant("coalesce(managed, '')")),
    ];

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("name")];

    protected override Sql Where(string key) => $"outpost_uuid = {UuidKey(key)}";

    public override string Key(OutpostInstance value) => value.Pk.ToString();

    public override string Name(OutpostInstance value) => value.Name;

    protected override OutpostInstance Bind(FieldReader input, OutpostInstance? before)
    {
        var now = before ?? new() { Type = Proxy, Config = OutpostConfig.Defaults };
        if (before is null) input.Errors.Add(FieldErrors.General, Standalone);
        input.Unbuilt("service_connection", "null");
        input.Unbuilt("managed", now.Managed is null ? "null" : $"\"{now.Managed}\"");
        var baseUrl = snapshots.Current.Get<InstanceSettings>().BaseUrl ?? "";
        return now with
        {
            Name = input.Text("name", now.Name, required: true, blank: false, max: 200),
            Type = input.Choice("type", now.Type, [Proxy], required: true, unbuilt: ["ldap", "radius", "rac"]),
            Providers = input.NumberReferences("providers", now.Providers, required: true),
            Config = OutpostConfig.Read(input, now.Config, baseUrl),
        };
    }

    protected override async ValueTask<OutpostInstance> LoadAsync(Db db, OutpostInstance row) =>
        row with { Providers = [.. (await ProvidersAsync(db))[row.Pk]] };

    protected override async ValueTask<OutpostInstance> CheckAsync(Db db, OutpostInstance value, OutpostInstance? before, FieldErrors errors)
    {
        var kinds = (await db.ListAsync($"select pk, model from provider where pk in {value.Providers}", r => (Pk: r.Long(), Model: r.Text())))
            .ToDictionary(p => p.Pk, p => p.Model);
        foreach (var pk in value.Providers)
        {
            if (!kinds.TryGetValue(pk, out var model)) errors.AddMissing("providers", pk);
            else if (model != ProxyProviders.Kind) errors.Add("providers", $"Provider {pk} is no proxy provider: an outpost of this type cannot serve it.");
        }
        return value;
    }

    protected override async ValueTask SavedAsync(Db db, OutpostInstance value, OutpostInstance? before)
    {
        await db.ExecAsync($"delete from outpost_provider where outpost_uuid = {value.Pk}");
        foreach (var pk in value.Providers)
            await db.ExecAsync($"insert into outpost_provider (outpost_uuid, provider_pk) values ({value.Pk}, {pk})");
    }

    /// <summary>Lets the embedded outpost serve a provider, inside a unit of work of somebody else's.</summary>
    public async ValueTask SelectAsync(Db db, Actor actor, long providerPk)
    {
        var embedded = await db.OneAsync($"select outpost_uuid from outpost where managed = {EmbeddedName}", r => r.Guid());
        var now = (await ProvidersAsync(db))[embedded].ToList();
        if (now.Contains(providerPk)) return;
        var input = new JsonObject { ["providers"] = new JsonArray([.. now.Append(providerPk).Select(pk => (JsonNode)pk)]) };
        await UpdateAsync(db, actor, embedded.ToString(), JsonElement.Parse(input.ToJsonString()));
    }

    protected override ValueTask<string?> WhyNotDeleteAsync(Db db, OutpostInstance value) => new(value.Managed == EmbeddedName
        ? "The embedded outpost is a part of the server. To stop protecting applications, take their providers out of it."
        : null);

    protected override async ValueTask<IReadOnlyList<OutpostInstance>> CompleteAsync(
        Db db, IReadOnlyList<OutpostInstance> rows, ListRequest request, Caller? caller)
    {
        var members = await ProvidersAsync(db);
        var known = await providers.FindAsync(db, [.. rows.SelectMany(o => members[o.Pk]).Distinct()]);
        return [.. rows.Select(o => o with
        {
            Providers = [.. members[o.Pk]],
            ProvidersObj = [.. members[o.Pk].Select(pk => known[pk])],
        })];
    }

    internal static async ValueTask AddEmbeddedAsync(Db db, DateTimeOffset now) => await db.ExecAsync(
        $"""
        insert into outpost (outpost_uuid, name, type, config, managed)
        values ({Guid.CreateVersion7(now)}, {"authentik Embedded Outpost"}, {Proxy}, {new Json(OutpostConfig.Defaults.GetRawText())}, {EmbeddedName})
        on conflict do nothing
        """);

    private static async ValueTask<ILookup<Guid, long>> ProvidersAsync(Db db) =>
        (await db.ListAsync($"select outpost_uuid, provider_pk from outpost_provider order by provider_pk", r => (Outpost: r.Guid(), Pk: r.Long())))
            .ToLookup(m => m.Outpost, m => m.Pk);
}
