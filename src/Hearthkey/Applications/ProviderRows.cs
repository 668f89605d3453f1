using System.Globalization;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>The table <c>provider</c> and its mappings: what the resources of all kinds share. Each write tells the feed of <see cref="Providers.Kind"/>.</summary>
public static class ProviderRows
{
    /// <summary>The columns that all kinds have, of the table <c>provider p</c>; a kind's own follow them.</summary>
    public const string Columns = "p.pk, p.model, p.name, p.authentication_flow, p.authorization_flow, p.invalidation_flow";

    /// <summary>Most values of one list in a statement.</summary>
    private const int Chunk = 500;

    public static string Key(long pk) => pk.ToString(CultureInfo.InvariantCulture);

    /// <summary>Keys of all kinds come from one number space.</summary>
    public static ValueTask<long> NextPkAsync(Db db) => db.NextKeyAsync("provider");

    /// <summary>Takes <see cref="Columns"/> from a row.</summary>
    public static T Read<T>(Row r) where T : Provider, new() => new T() with
    {
        Pk = r.Long(),
        MetaModelName = r.Text(),
        Name = r.Text(),
        AuthenticationFlow = r.GuidOrNull(),
        AuthorizationFlow = r.Guid(),
        InvalidationFlow = r.Guid(),
    };

    /// <summary>Reads the shared fields of an input.</summary>
    public static T Bind<T>(FieldReader input, T now) where T : Provider => now with
    {
        Name = input.Text("name", now.Name, required: true, blank: false),
        AuthenticationFlow = input.Reference("authentication_flow", now.AuthenticationFlow),
        AuthorizationFlow = input.Reference("authorization_flow", now.AuthorizationFlow, required: true) ?? now.AuthorizationFlow,
        InvalidationFlow = input.Reference("invalidation_flow", now.InvalidationFlow, required: true) ?? now.InvalidationFlow,
        PropertyMappings = input.References("property_mappings", now.PropertyMappings),
    };

    /// <summary>Flows and mappings must be there, the name must be free.</summary>
    public static async ValueTask CheckAsync(Db db, Provider value, FieldErrors errors)
    {
        await CheckFlowAsync("authentication_flow", "authentication", value.AuthenticationFlow);
        await CheckFlowAsync("authorization_flow", "authorization", value.AuthorizationFlow);
        await CheckFlowAsync("invalidation_flow", "invalidation", value.InvalidationFlow);
        var known = (await db.ListAsync($"select pm_uuid from scope_mapping", r => r.Guid())).ToHashSet();
        foreach (var mapping in value.PropertyMappings)
            if (!known.Contains(mapping)) errors.AddMissing("property_mappings", mapping);
        if (await db.OneAsync($"select count(*) from provider where name = {value.Name} and pk <> {value.Pk}", r => r.Long()) != 0)
            errors.Add("name", "provider with this name already exists.");

        async ValueTask CheckFlowAsync(string field, string designation, Guid? flow)
        {
            if (flow is not { } key) return;
            var found = await db.OneAsync($"select designation from flow where flow_uuid = {key}", r => r.Text());
            if (found is null) errors.AddMissing(field, key);
            else if (found != designation) errors.Add(field, $"Choose a flow for {designation}.");
        }
    }

    public static async ValueTask InsertAsync(Db db, Provider p, string model)
    {
        await db.ExecAsync(
            $"""
            insert into provider (pk, model, name, authentication_flow, authorization_flow, invalidation_flow)
            values ({p.Pk}, {model}, {p.Name}, {p.AuthenticationFlow}, {p.AuthorizationFlow}, {p.InvalidationFlow})
            """);
        await SaveMappingsAsync(db, p);
    }

    public static async ValueTask UpdateAsync(Db db, Provider p)
    {
        await db.ExecAsync(
            $"""
            update provider set name = {p.Name}, authentication_flow = {p.AuthenticationFlow},
            authorization_flow = {p.AuthorizationFlow}, invalidation_flow = {p.InvalidationFlow} where pk = {p.Pk}
            """);
        await SaveMappingsAsync(db, p);
    }

    /// <summary>Deletes the provider of any kind; its own rows and grants go with it, and its application is left without.</summary>
    public static async ValueTask DeleteAsync(Db db, long pk, ProviderKind kind)
    {
        await kind.RemoveAsync(db, pk);
        await db.ExecAsync($"delete from provider where pk = {pk}");
        await db.ChangedAsync(Providers.Kind, Key(pk));
    }

    /// <summary>These providers with their mappings.</summary>
    public static async ValueTask<IReadOnlyList<T>> WithMappingsAsync<T>(Db db, IReadOnlyList<T> rows) where T : Provider
    {
        var found = new List<(long Pk, Guid Mapping)>();
        foreach (var pks in rows.Select(p => p.Pk).Chunk(Chunk))
        {
            found.AddRange(await db.ListAsync(
                $"select provider_pk, pm_uuid from provider_mapping where provider_pk in {pks} order by provider_pk, pm_uuid", r => (r.Long(), r.Guid())));
        }
        var mappings = found.ToLookup(m => m.Pk, m => m.Mapping);
        return [.. rows.Select(p => p with { PropertyMappings = [.. mappings[p.Pk]] })];
    }

    /// <summary>These providers with all that comes from elsewhere: mappings, application, the names of the kind.</summary>
    public static async ValueTask<IReadOnlyList<T>> CompleteAsync<T>(Db db, IReadOnlyList<T> rows, Func<T, ProviderKind> kindOf) where T : Provider
    {
        long[] keys = [.. rows.Select(p => p.Pk)];
        var assigned = (await db.ListAsync(
            $"select provider_pk, slug, name from application where provider_pk in {keys}",
            r => (Pk: r.Long(), Slug: r.Text(), Name: r.Text()))).ToDictionary(a => a.Pk);
        return [.. (await WithMappingsAsync(db, rows)).Select(p =>
        {
            var kind = kindOf(p);
            var application = assigned.GetValueOrDefault(p.Pk);
            return p with
            {
                AssignedApplicationSlug = application.Slug,
                AssignedApplicationName = application.Name,
                Component = kind.Component,
                VerboseName = kind.VerboseName,
                VerboseNamePlural = kind.VerboseNamePlural,
                MetaModelName = kind.Model,
            };
        })];
    }

    private static async ValueTask SaveMappingsAsync(Db db, Provider p)
    {
        await db.ExecAsync($"delete from provider_mapping where provider_pk = {p.Pk}");
        foreach (var mapping in p.PropertyMappings)
            await db.ExecAsync($"insert into provider_mapping (provider_pk, pm_uuid) values ({p.Pk}, {mapping})");
        await db.ChangedAsync(Providers.Kind, Key(p.Pk));
    }
}
