using System.Text.Json.Serialization.Metadata;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Mappings;

/// <summary>Scope mappings as a managed object. Those that Hearthkey brings along can be read and chosen; own ones come with the interpreter of expressions.</summary>
public sealed class ScopeMappings(ResourceContext context) : Resource<ScopeMapping>(context)
{
    public const string Kind = "authentik_providers_oauth2.scopemapping";

    private const string ReadOnly = "Scope mappings can be read and chosen, but not created or edited yet: this comes with expressions.";

    private static readonly SqlText _columns = SqlText.Constant("pm_uuid, managed, name, expression, scope_name, description");

    public override string Model => Kind;

    public override string Path => "propertymappings/provider/scope";

    public override string KeyName => "pm_uuid";

    public override string VerboseName => "scope mapping";

    public override JsonTypeInfo<ScopeMapping> Json => MappingsJson.Default.ScopeMapping;

    protected override Table<ScopeMapping> Table { get; } = new(
        SqlText.Constant("scope_mapping"),
        _columns,
        m => $"{m.Pk}, {m.Managed}, {m.Name}, {m.Expression}, {m.ScopeName}, {m.Description}",
        Read);

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("name", text => $"name = {text}"),
        Filter.Text("managed", text => $"managed = {text}"),
        Filter.Flag("managed__isnull", isNull => isNull ? $"managed is null" : (Sql)$"managed is not null"),
        Filter.Text("scope_name", text => $"scope_name = {text}"),
    ];

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        Ordering.By("scope_name"),
        Ordering.By("name"),
        new("managed", SqlText.Constant("coalesce(managed, '')")),
        new("pk", SqlText.Constant("pm_uuid")),
    ];

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("name"), SqlText.Constant("scope_name")];

    protected override Sql Where(string key) => $"pm_uuid = {UuidKey(key)}";

    public override string Key(ScopeMapping value) => value.Pk.ToString();

    public override string Name(ScopeMapping value) => value.Name;

    protected override ScopeMapping Bind(FieldReader input, ScopeMapping? before)
    {
        input.Errors.Add(FieldErrors.General, ReadOnly);
        return before ?? new ScopeMapping();
    }

    protected override ValueTask<string?> WhyNotDeleteAsync(Db db, ScopeMapping value) => new(ReadOnly);

    internal static ValueTask<List<ScopeMapping>> AllAsync(Db db) => db.ListAsync($"select {_columns} from scope_mapping order by scope_name, name", Read);

    internal async ValueTask AddAsync(Db db, ScopeMapping mapping)
    {
        if (await db.OneAsync($"select count(*) from scope_mapping where managed = {mapping.Managed}", r => r.Long()) == 0) await InsertAsync(db, mapping);
    }

    private static ScopeMapping Read(Row r) => new()
    {
        Pk = r.Guid(),
        Managed = r.TextOrNull(),
        Name = r.Text(),
        Expression = r.Text(),
        ScopeName = r.Text(),
        Description = r.Text(),
    };
}
