using Hearthkey.Storage;

namespace Hearthkey.Policies;

/// <summary>
/// A deleted group or person takes its bindings along, and what has no binding is open to everyone: so the last binding of a target
/// must be replaced or removed on purpose first.
/// </summary>
internal static class LastBinding
{
    /// <param name="isTheirs">Condition of the bindings that would go.</param>
    public static async ValueTask<string?> WhyNotAsync(Db db, IEnumerable<BindingTarget> targets, Sql isTheirs)
    {
        var opened = await db.ListAsync(
            new SqlBuilder().Append("select distinct target from policy_binding as b where ").Append(isTheirs)
                .Append(" and not exists (select 1 from policy_binding as o where o.target = b.target and not (").Append(isTheirs).Append("))"),
            r => r.Guid());
        var names = new List<string>();
        foreach (var target in opened)
            foreach (var kind in targets)
                if (await kind.NameAsync(db, target) is { } name) names.Add($"“{name}”");
        return names.Count == 0 ? null : $"It is the only one that may open {string.Join(", ", names)}, which would then be open to everyone. Change the bindings there first.";
    }
}
