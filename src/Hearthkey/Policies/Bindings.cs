using System.Collections.Frozen;
using Hearthkey.Directory;

namespace Hearthkey.Policies;

/// <summary>Part of the snapshot: who is bound to what. Answers from memory.</summary>
public sealed class Bindings
{
    /// <summary>The mode in which one binding that passes is enough; also the default.</summary>
    public const string AnyMode = "any";

    /// <summary>The mode in which every binding must pass.</summary>
    public const string AllMode = "all";

    private readonly FrozenDictionary<Guid, PolicyBinding[]> _byTarget;

    public Bindings(IEnumerable<PolicyBinding> all) => _byTarget = all
        .Where(b => b.Enabled)
        .GroupBy(b => b.Target)
        .ToFrozenDictionary(g => g.Key, g => g.OrderBy(b => b.Order).ThenBy(b => b.Pk).ToArray());

    /// <summary>Decides about one thing. Where nothing is bound, everyone passes.</summary>
    /// <param name="pbmUuid">What is bound: the <c>pbm_uuid</c> of an application or protected host.</param>
    /// <param name="engineMode"><see cref="AnyMode"/> or <see cref="AllMode"/>.</param>
    public Decision Decide(Guid pbmUuid, string engineMode, Account who)
    {
        if (!_byTarget.TryGetValue(pbmUuid, out var bindings)) return new(true, "Nothing is bound to it, so everyone may open it.");
        var needsAll = engineMode == AllMode;
        foreach (var binding in bindings)
        {
            var passes = Matches(binding, who) != binding.Negate;
            if (passes == needsAll) continue;
            return new(passes, $"{Describe(binding)} {(passes ? "lets in" : "keeps out")} {who.Username}.", binding);
        }
        if (needsAll) return new(true, $"All bindings let in {who.Username}.");
        if (bindings is [var only]) return new(false, $"{Describe(only)} does not let in {who.Username}.", only);
        return new(false, $"None of its bindings lets in {who.Username}: {string.Join(", ", bindings.Select(Describe))}.");
    }

    private static bool Matches(PolicyBinding binding, Account who)
    {
        if (binding.User is { } user) return user == who.Pk;
        foreach (var group in who.Groups)
            if (group.Uuid == binding.Group) return true;
        return false;
    }

    private static string Describe(PolicyBinding binding)
    {
        var what = binding.GroupObj is { } group ? $"group “{group.Name}”" : $"user “{binding.UserObj?.Username}”";
        return binding.Negate ? $"the negated binding of {what}" : $"the binding of {what}";
    }
}
