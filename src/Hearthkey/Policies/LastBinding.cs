using Hearthkey.Storage;

namespace Hearthkey.Policies;

/// <summary>
/// What has no binding that is switched on is open to everyone. A deleted group or person takes its bindings along: so the last binding of a
/// target must be replaced, or removed on purpose, first (docs/decisions/0005-open-to-everyone.md).
/// </summary>
internal static class LastBinding
{
    /// <param name="isTheirs">Condition of the bindings that would go.</param>
    public static async ValueTask<string?> WhyNotAsync(Db db, IEnumerable<BindingTarget> targets, Sql isTheirs)
    {
        var names = new List<string>();
        foreach (var target in await OpenedAsync(db, isTheirs))
            if (await NameAsync(db, targets, target) is { } name) names.Add($"“{name}”");
        return names.Count == 0 ? null : $"It is the only one that may open {string.Join(", ", names)}, which would then be open to everyone. Change the bindings there first.";
    }

    /// <summary>Targets that only bindings of this condition keep from being open.</summary>
    public static ValueTask<List<Guid>> OpenedAsync(Db db, Sql isTheirs) => db.ListAsync(
        $"""
        select distinct target from policy_binding as b where enabled and ({isTheirs})
        and not exists (select 1 from policy_binding as o where o.target = b.target and o.enabled and not ({isTheirs}))
        """,
        r => r.Guid());

    public static async ValueTask<bool> IsOpenAsync(Db db, Guid target) =>
        await db.OneAsync($"select count(*) from policy_binding where target = {target} and enabled", r => r.Long()) == 0;

    /// <summary>What a target is called; null where there is none of any kind.</summary>
    public static async ValueTask<string?> NameAsync(Db db, IEnumerable<BindingTarget> targets, Guid target)
    {
        foreach (var kind in targets)
            if (await kind.NameAsync(db, target) is { } name) return name;
        return null;
    }
}
