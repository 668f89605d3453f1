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

    public override string KeyName => "id";

    public override string VerboseName => "provider";

    public override Operations Operations => Operations.Read | Operations.Delete;

    public override JsonTypeInfo<Provider> Json => ApplicationsJson.Default.Provider;

    protected override SqlText From { get; } = SqlText.Constant("provider p");

    protected override Table<Provider> Table { get; } = new(
        SqlText.Constant("provider"), SqlText.Constant(ProviderRows.Columns),
        _ => throw new InvalidOperationException("A provider is written by the resource of its kind."), ProviderRows.Read<Provider>);

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Flag("application__isnull", isNull => isNull
            ? $"pk not in (select provider_pk from application where provider_pk is not null)"
            : (Sql)$"pk in (select provider_pk from application where provider_pk is not null)"),
        Filter.Flag("backchannel", on => on ? $"1 = 0" : (Sql)$"1 = 1"),
    ];

    protected override IReadOnlyList<Ordering> Orderings { get; } = [Ordering.By("name"), Ordering.By("pk")];

    protected override Sql? Search(string text) =>
        $"lower(name) like {Filter.Contains(text)} escape '\\' or pk in (select provider_pk from application where lower(name) like {Filter.Contains(text)} escape '\\')";

    protected override Sql Where(string key) => $"pk = {NumberKey(key)}";

    public override string Key(Provider value) => ProviderRows.Key(value.Pk);

    public override string Name(Provider value) => value.Name;

    /// <summary>These providers in wire shape.</summary>
    public async ValueTask<IReadOnlyDictionary<long, Provider>> FindAsync(Db db, IReadOnlyCollection<long> pks)
    {
        var rows = await db.ListAsync($"select {Table.Columns} from {From} where pk in {pks}", Table.Read);
        return (await CompleteAsync(db, rows, ListRequest.First(), null)).ToDictionary(p => p.Pk);
    }

    protected override Provider Bind(FieldReader input, Provider? before) =>
        throw new InvalidOperationException("A provider is made and edited by the resource of its kind.");

    protected override ValueTask DeleteAsync(Db db, string key, Provider value) => ProviderRows.DeleteAsync(db, value.Pk, _kinds[value.MetaModelName]);

    protected override ValueTask<IReadOnlyList<Provider>> CompleteAsync(Db db, IReadOnlyList<Provider> rows, ListRequest request, Caller? caller) =>
        ProviderRows.CompleteAsync(db, rows, p => _kinds[p.MetaModelName]);
}
