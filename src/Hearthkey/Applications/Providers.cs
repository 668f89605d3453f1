using System.Text.Json.Serialization.Metadata;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>Providers of all kinds: list, read and delete. Made and edited by the resource of their kind.</summary>
public sealed class Providers(ResourceContext context, IEnumerable<ProviderKind> kinds) : Resource<Provider>(context)
{
    /// <summary>Told whenever a provider of any kind changes.</summary>
    public const string Kind = "authentik_core.provider";

    private readonly Dictionary<string, ProviderKind> _kinds = kinds.ToDictionary(k => k.Model);

    /// <summary>The kinds that can be made.</summary>
    public IReadOnlyCollection<ProviderKind> Kinds => _kinds.Values;

    public override string Model => Kind;

    public override string Path => "providers/all";

    public override string VerboseName => "provider";

    public override Operations Operations => Operations.Read | Operations.Delete;

    public override JsonTypeInfo<Provider> Json => ApplicationsJson.Default.Provider;

    protected override Table<Provider> Table { get; } = new(
        SqlText.Constant("provider"),
        SqlText.Constant("pk, name, authentication_flow, authorization_flow, invalidation_flow, model"),
        p => $"{p.Pk}, {p.Name}, {p.AuthenticationFlow}, {p.AuthorizationFlow}, {p.InvalidationFlow}, {p.MetaModelName}",
        r => new(r.Long(), r.Text(), r.GuidOrNull(), r.Guid(), r.Guid(), [], "", null, null, null, null, "", "", r.Text()));

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Flag("application__isnull", isNull => isNull
            ? $"pk not in (select provider_pk from application where provider_pk is not null)"
            : (Sql)$"pk in (select provider_pk from application where provider_pk is not null)"),
        Filter.Flag("backchannel", on => on ? $"1 = 0" : (Sql)$"1 = 1"),
    ];

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        new("name", SqlText.Constant("name")),
        new("pk", SqlText.Constant("pk")),
    ];

    protected override Sql? Search(string text) =>
        $"lower(name) like {Filter.Contains(text)} escape '\\' or pk in (select provider_pk from application where lower(name) like {Filter.Contains(text)} escape '\\')";

    protected override Sql Where(string key)
    {
        if (long.TryParse(key, out var pk)) return $"pk = {pk}";
        return $"1 = 0";
    }

    public override string Key(Provider value) => value.Pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture);

    public override string Name(Provider value) => value.Name;

    /// <summary>These providers in wire shape.</summary>
    public async ValueTask<IReadOnlyDictionary<long, Provider>> FindAsync(Db db, IReadOnlyCollection<long> pks)
    {
        if (pks.Count == 0) return new Dictionary<long, Provider>();
        var rows = await db.ListAsync($"select {Table.Columns} from provider where pk in {pks}", Table.Read);
        return (await CompleteAsync(db, rows)).ToDictionary(p => p.Pk);
    }

    protected override Provider Bind(FieldReader input, Provider? before) =>
        throw new InvalidOperationException("A provider is made and edited by the resource of its kind.");

    protected override ValueTask DeleteAsync(Db db, string key, Provider value) => ProviderRows.DeleteAsync(db, value.Pk);

    protected override async ValueTask<IReadOnlyList<Provider>> CompleteAsync(Db db, IReadOnlyList<Provider> rows, ListRequest request, Caller? caller) =>
        await CompleteAsync(db, rows);

    private async ValueTask<List<Provider>> CompleteAsync(Db db, IReadOnlyList<Provider> rows)
    {
        var pks = rows.Select(p => p.Pk).ToList();
        var mappings = await ProviderRows.MappingsAsync(db, pks);
        var assigned = await ProviderRows.AssignedAsync(db, pks);
        return [.. rows.Select(p =>
        {
            var kind = _kinds[p.MetaModelName];
            var application = assigned.GetValueOrDefault(p.Pk);
            return p with
            {
                PropertyMappings = [.. mappings[p.Pk]],
                AssignedApplicationSlug = application?.Slug,
                AssignedApplicationName = application?.Name,
                Component = kind.Component,
                VerboseName = kind.VerboseName,
                VerboseNamePlural = kind.VerboseNamePlural,
            };
        })];
    }
}
