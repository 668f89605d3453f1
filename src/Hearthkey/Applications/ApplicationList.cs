using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>Which applications somebody sees: those that they may open, and an admin everything who asks for it.</summary>
public sealed class ApplicationList(Snapshots snapshots, People people, LaunchUrls launchUrls)
{
    /// <summary>Most values of one list in a statement.</summary>
    private const int Chunk = 1000;

    /// <summary>The applications that somebody may open, with their launch URLs; for the portal.</summary>
    public IReadOnlyList<Application> Openable(Account who)
    {
        var snapshot = snapshots.Current;
        return [.. snapshot.Get<ApplicationsPart>().All
            .Where(a => AccessCheck.Decide(snapshot, a, who).IsAllowed)
            .Select(a => a with { LaunchUrl = launchUrls.Of(snapshot, a, who), MetaIconUrl = a.MetaIcon.Length > 0 ? a.MetaIcon : null })];
    }

    internal async ValueTask<Sql?> ConditionAsync(Caller caller, ListRequest? list, CancellationToken ct)
    {
        if (list is null && caller.IsSuperuser) return null;
        var snapshot = snapshots.Current;
        var userPk = caller.UserPk;
        var forUser = list?.Argument("for_user");
        if (forUser is { Length: > 0 } && !(long.TryParse(forUser, out userPk) && (caller.IsSuperuser || userPk == caller.UserPk))) return Nothing();
        if (await people.FindAsync(userPk, ct) is not { } who) return Nothing();
        var seesAll = caller.IsSuperuser && forUser is not { Length: > 0 } && list!.Flag("superuser_full_list", false);
        var needsUrl = list?.Flag("only_with_launch_url", false) == true;
        if (seesAll && !needsUrl) return null;
        var slugs = snapshot.Get<ApplicationsPart>().All
            .Where(a => (seesAll || AccessCheck.Decide(snapshot, a, who).IsAllowed) && (!needsUrl || launchUrls.Of(snapshot, a, who) is not null))
            .Select(a => a.Slug);
        var condition = new SqlBuilder().Append("1 = 0");
        foreach (var chunk in slugs.Chunk(Chunk)) condition.Append($" or slug in {chunk}");
        return condition;
    }

    private static Sql Nothing() => $"1 = 0";
}
