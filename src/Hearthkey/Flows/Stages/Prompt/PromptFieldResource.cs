using System.Text.Json.Serialization.Metadata;
using Hearthkey.Flows.Objects;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>stages/prompt/prompts.</summary>
internal sealed class PromptFieldResource(ResourceContext context, PromptKind kind) : Resource<PromptField>(context)
{
    public const string ModelName = "authentik_stages_prompt.prompt";

    private static readonly SqlText _columns = SqlText.Constant(
        "prompt_uuid, name, field_key, label, type, required, placeholder, initial_value, position, sub_text");

    public override string Model => ModelName;

    public override string Path => "stages/prompt/prompts";

    public override string KeyName => "prompt_uuid";

    public override string VerboseName => "prompt";

    public override JsonTypeInfo<PromptField> Json => FlowsJson.Default.PromptField;

    protected override Table<PromptField> Table { get; } = new(SqlText.Constant("prompt"), _columns, Values, Read);

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        Ordering.By("field_key"), Ordering.By("name"), Ordering.By("label"),
        Ordering.By("type"), new("order", SqlText.Constant("position")),
    ];

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("field_key", v => $"field_key = {v}"), Filter.Text("name", v => $"name = {v}"), Filter.Text("label", v => $"label = {v}"),
        Filter.Text("type", v => $"type = {v}"), Filter.Text("placeholder", v => $"placeholder = {v}"),
    ];

    protected override Sql Where(string key) => $"prompt_uuid = {UuidKey(key)}";

    protected override IReadOnlyList<SqlText> Searched { get; } =
    [
        SqlText.Constant("name"), SqlText.Constant("field_key"), SqlText.Constant("label"),
    ];

    public override string Key(PromptField value) => value.Pk.ToString();

    public override string Name(PromptField value) => value.Name;

    protected override PromptField Bind(FieldReader input, PromptField? before)
    {
        var old = before ?? new() { Pk = Context.NewUuid() };
        input.Unbuilt("placeholder_expression", "false");
        input.Unbuilt("initial_value_expression", "false");
        return old with
        {
            Name = input.Text("name", old.Name, required: true, blank: false),
            FieldKey = input.Text("field_key", old.FieldKey, required: true, blank: false),
            Label = input.Text("label", old.Label, required: true, blank: false),
            Type = input.Choice("type", before?.Type ?? "", PromptTypes.Built, required: true, unbuilt: PromptTypes.Unbuilt),
            Required = input.Flag("required", before?.Required ?? true),
            Placeholder = input.Text("placeholder", old.Placeholder),
            InitialValue = input.Text("initial_value", old.InitialValue),
            Order = input.Number("order", old.Order),
            SubText = input.Text("sub_text", old.SubText),
        };
    }

    protected override async ValueTask<IReadOnlyList<PromptField>> CompleteAsync(Db db, IReadOnlyList<PromptField> rows, ListRequest request, Caller? caller)
    {
        var model = kind.Model;
        var flows = await FlowRows.ByStageAsync(db);
        var stages = await db.ListAsync($"select stage_uuid, name, config from stage where model = {model} order by name",
            r => (PromptStage)kind.Read(r.Guid(), r.Text(), r.Json()));
        return [.. rows.Select(f => f with
        {
            PromptStagesObj = [.. stages.Where(s => s.Fields.Contains(f.Pk)).Select(s => s with { FlowSet = [.. flows[s.Pk]] })],
        })];
    }

    internal static ValueTask<List<PromptField>> AllAsync(Db db) => db.ListAsync($"select {_columns} from prompt", Read);

    private static Sql Values(PromptField f)
    {
        return $"{f.Pk}, {f.Name}, {f.FieldKey}, {f.Label}, {f.Type}, {f.Required}, {f.Placeholder}, {f.InitialValue}, {f.Order}, {f.SubText}";
    }

    private static PromptField Read(Row r) => new()
    {
        Pk = r.Guid(),
        Name = r.Text(),
        FieldKey = r.Text(),
        Label = r.Text(),
        Type = r.Text(),
        Required = r.Bool(),
        Placeholder = r.Text(),
        InitialValue = r.Text(),
        Order = r.Long(),
        SubText = r.Text(),
    };
}
