using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>The table <c>provider</c> and its mappings: what the resources of all kinds share. Each write tells the feed of <see cref="Providers.Kind"/>.</summary>
public static class ProviderRows
{
    private static readonly SqlText _columns = SqlText.Constant("pk, model, name, authentication_flow, authorization_flow, invalidation_flow");

    /// <summary>Keys of all kinds come from one number space.</summary>
    public static ValueTask<long> NextPkAsync(Db db) => db.NextKeyAsync("provider");

    /// <summary>Reads the shared fields of an input.</summary>
    public static ProviderFields Bind(FieldReader input, string model, ProviderFields? before)
    {
        var now = before ?? new(0, model, "", null, Guid.Empty, Guid.Empty, []);
        return now with
        {
            Name = input.Text("name", now.Name, required: true, blank: false),
            AuthenticationFlow = input.Reference("authentication_flow", now.AuthenticationFlow),
            AuthorizationFlow = input.Reference("authorization_flow", now.AuthorizationFlow, required: true) ?? now.AuthorizationFlow,
            InvalidationFlow = input.Reference("invalidation_flow", now.InvalidationFlow, required: true) ?? now.InvalidationFlow,
            PropertyMappings = input.References("property_mappings", now.PropertyMappings),
        };
    }

    /// <summary>Flows and mappings must be there, the name must be free.</summary>
    public static async ValueTask CheckAsync(Db db, ProviderFields fields, FieldErrors errors)
    {
        await CheckFlowAsync("authentication_flow", "authentication", fields.AuthenticationFlow);
        await CheckFlowAsync("authorization_flow", "authorization", fields.AuthorizationFlow);
        await CheckFlowAsync("invalidation_flow", "invalidation", fields.InvalidationFlow);
        var known = (await db.ListAsync($"select pm_uuid from scope_mapping", r => r.Guid())).ToHashSet();
        foreach (var mapping in fields.PropertyMappings)
            if (!known.Contains(mapping)) errors.Add("property_mappings", Missing(mapping));
        if (await db.OneAsync($"select count(*) from provider where name = {fields.Name} and pk <> {fields.Pk}", r => r.Long()) != 0)
            errors.Add("name", "provider with this name already exists.");

        async ValueTask CheckFlowAsync(string field, string designation, Guid? flow)
        {
            if (flow is not { } key) return;
            var found = await db.OneAsync($"select designation from flow where flow_uuid = {key}", r => r.Text());
            if (found is null) errors.Add(field, Missing(key));
            else if (found != designation) errors.Add(field, $"Choose a flow for {designation}.");
        }
    }

    public static async ValueTask InsertAsync(Db db, ProviderFields p)
    {
        await db.ExecAsync(
            $"""
            insert into provider ({_columns})
            values ({p.Pk}, {p.Model}, {p.Name}, {p.AuthenticationFlow}, {p.AuthorizationFlow}, {p.InvalidationFlow})
            """);
        await SaveMappingsAsync(db, p);
    }

    public static async ValueTask UpdateAsync(Db db, ProviderFields p)
    {
        await db.ExecAsync(
            $"""
            update provider set name = {p.Name}, authentication_flow = {p.AuthenticationFlow},
            authorization_flow = {p.AuthorizationFlow}, invalidation_flow = {p.InvalidationFlow} where pk = {p.Pk}
            """);
        await SaveMappingsAsync(db, p);
    }

    /// <summary>Deletes the provider of any kind; its own rows and grants go with it, and its application is left without.</summary>
    public static async ValueTask DeleteAsync(Db db, long pk)
    {
        await db.ExecAsync($"delete from provider where pk = {pk}");
        await ChangedAsync(db, pk);
    }

    /// <summary>The shared fields of these providers, or of all (null).</summary>
    public static async ValueTask<IReadOnlyDictionary<long, ProviderFields>> FindAsync(Db db, IReadOnlyCollection<long>? pks)
    {
        var mappings = await MappingsAsync(db, pks);
        var rows = await db.ListAsync($"select {_columns} from provider where {In(pks, SqlText.Constant("pk"))}", r => Read(r, mappings));
        return rows.ToDictionary(p => p.Pk);
    }

    public static async ValueTask<IReadOnlyDictionary<long, AssignedApplication>> AssignedAsync(Db db, IReadOnlyCollection<long>? pks)
    {
        var rows = await db.ListAsync(
            $"select provider_pk, slug, name from application where provider_pk is not null and {In(pks, SqlText.Constant("provider_pk"))}",
            r => (Pk: r.Long(), Application: new AssignedApplication(r.Text(), r.Text())));
        return rows.ToDictionary(r => r.Pk, r => r.Application);
    }

    public static async ValueTask<ILookup<long, Guid>> MappingsAsync(Db db, IReadOnlyCollection<long>? pks) =>
        (await db.ListAsync(
            $"select provider_pk, pm_uuid from provider_mapping where {In(pks, SqlText.Constant("provider_pk"))} order by provider_pk, pm_uuid",
            r => (Pk: r.Long(), Mapping: r.Guid()))).ToLookup(r => r.Pk, r => r.Mapping);

    private static async ValueTask SaveMappingsAsync(Db db, ProviderFields p)
    {
        await db.ExecAsync($"delete from provider_mapping where provider_pk = {p.Pk}");
        foreach (var mapping in p.PropertyMappings)
            await db.ExecAsync($"insert into provider_mapping (provider_pk, pm_uuid) values ({p.Pk}, {mapping})");
        await ChangedAsync(db, p.Pk);
    }

    private static ValueTask ChangedAsync(Db db, long pk) =>
        db.ChangedAsync(Providers.Kind, pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture));

    private static ProviderFields Read(Row r, ILookup<long, Guid> mappings)
    {
        var pk = r.Long();
        return new(pk, r.Text(), r.Text(), r.GuidOrNull(), r.Guid(), r.Guid(), [.. mappings[pk]]);
    }

    private static Sql In(IReadOnlyCollection<long>? pks, SqlText column) => pks is null ? $"1 = 1" : (Sql)$"{column} in {pks}";

    private static string Missing(Guid key) => $"Invalid pk \"{key}\" - object does not exist.";
}
