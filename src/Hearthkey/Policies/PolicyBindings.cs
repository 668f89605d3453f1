using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Policies;

/// <summary>Bindings as a managed object.</summary>
public sealed class PolicyBindings(ResourceContext context, IEnumerable<BindingTarget> targets) : Resource<PolicyBinding>(context)
{
    public const string Kind = "authentik_policies.policybinding";

    public override string Model => Kind;

    public override string Path => "policies/bindings";

    public override string KeyName => "policy_binding_uuid";

    public override string VerboseName => "policy binding";

    public override JsonTypeInfo<PolicyBinding> Json => PoliciesJson.Default.PolicyBinding;

    protected override Table<PolicyBinding> Table { get; } = new(
        SqlText.Constant("policy_binding"),
        BindingRows.Columns,
        b => $"{b.Pk}, {b.Group}, {b.User}, {b.Target}, {b.Negate}, {b.Enabled}, {b.Order}, {b.Timeout}, {b.FailureResult}",
        BindingRows.Read);

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Flag("enabled", on => $"enabled = {on}"),
        Filter.Number("order", n => $"position = {n}"),
        Filter.Uuid("policy", _ => $"1 = 0"),
        Filter.Flag("policy__isnull", isNull => isNull ? $"1 = 1" : (Sql)$"1 = 0"),
        Filter.Uuid("target", id => $"target = {id}"),
        new Filter("target_in", Targets),
        Filter.Number("timeout", n => $"timeout = {n}"),
    ];

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        new("order", SqlText.Constant("position")),
        new("pk", SqlText.Constant("binding_uuid")),
        Ordering.By("target"),
        Ordering.By("enabled"),
        Ordering.By("timeout"),
    ];

    protected override Sql Where(string key) => $"binding_uuid = {UuidKey(key)}";

    public override string Key(PolicyBinding value) => value.Pk.ToString();

    public override string Name(PolicyBinding value) =>
        value.GroupObj is { } group ? $"group {group.Name}" : value.UserObj is { } user ? $"user {user.Username}" : $"binding {value.Order}";

    /// <summary>Without this binding its target would be open to everyone: a person who takes it away must be told.</summary>
    public async ValueTask<bool> IsLastAsync(PolicyBinding binding, CancellationToken ct) =>
        await Context.Store.ReadAsync(async db => (await LastBinding.OpenedAsync(db, $"binding_uuid = {binding.Pk}")).Count > 0, ct);

    /// <summary>Removes the bindings of something that goes.</summary>
    public static async ValueTask RemoveAsync(Db db, Guid target)
    {
        if (await db.ExecAsync($"delete from policy_binding where target = {target}") > 0) await db.ChangedAsync(Kind, target.ToString());
    }

    protected override PolicyBinding Bind(FieldReader input, PolicyBinding? before)
    {
        var now = before ?? new PolicyBinding { Pk = Context.NewUuid() };
        input.Unbuilt("policy", "null");
        input.Unbuilt("timeout", "30");
        input.Unbuilt("failure_result", "false");
        var value = now with
        {
            Target = input.Reference("target", now.Target, required: true) ?? now.Target,
            Group = input.Reference("group", now.Group),
            User = input.NumberReference("user", now.User),
            Negate = input.Flag("negate", now.Negate),
            Enabled = input.Flag("enabled", now.Enabled),
            Order = input.Number("order", now.Order, required: true),
        };
        if (!input.Errors.Any && value.Group is null == value.User is null)
            input.Errors.Add(FieldErrors.General, value.Group is null ? "Choose a group or a user." : "Choose a group or a user, not both.");
        return value;
    }

    protected override async ValueTask<PolicyBinding> CheckAsync(Db db, PolicyBinding value, PolicyBinding? before, FieldErrors errors)
    {
        var complete = (await BindingRows.CompleteAsync(db, [value]))[0];
        if (value.Group is { } group && complete.GroupObj is null) errors.AddMissing("group", group);
        if (value.User is { } user && complete.UserObj is null) errors.AddMissing("user", user);
        if (await LastBinding.NameAsync(db, targets, value.Target) is null)
            errors.Add("target", "Only applications and protected hosts can be bound for now: send the pbm_uuid of one.");
        return complete;
    }

    protected override ValueTask<IReadOnlyList<PolicyBinding>> CompleteAsync(Db db, IReadOnlyList<PolicyBinding> rows, ListRequest request, Caller? caller) =>
        BindingRows.CompleteAsync(db, rows);

    protected override async ValueTask TellAsync(Db db, PolicyBinding? before, PolicyBinding? after, JsonObject told)
    {
        var left = before is { Enabled: true } && await LastBinding.IsOpenAsync(db, before.Target);
        told["target"] = await LastBinding.NameAsync(db, targets, left ? before!.Target : (after ?? before)!.Target);
        if (left) told["now_open_to_everyone"] = true;
    }

    private static Sql? Targets(string text)
    {
        var ids = new List<string>();
        foreach (var part in text.Split(','))
        {
            if (!Guid.TryParse(part, out var id)) return null;
            ids.Add(id.ToString());
        }
        return $"target in {ids}";
    }
}
