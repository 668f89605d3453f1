using System.Globalization;
using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Keys;
using Hearthkey.Mappings;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Admin;

/// <summary>What forms offer to choose from: other objects, by name.</summary>
public sealed class Offers(Groups groups, Users users, FlowResource flows, Providers providers, Snapshots snapshots)
{
    public ValueTask<IReadOnlyList<Choice>> GroupsAsync(Visit visit) => GroupsAsync(visit, null);

    public async ValueTask<IReadOnlyList<Choice>> GroupsAsync(Visit visit, Guid? except) =>
        [.. (await AllAsync(visit, groups, "name", [new("include_users", "false")])).Where(g => g.Pk != except).Select(g => new Choice(g.Pk.ToString(), g.Name))];

    public async ValueTask<IReadOnlyList<Choice>> UsersAsync(Visit visit) =>
        [.. (await AllAsync(visit, users, "username", [new("include_groups", "false")]))
            .Select(u => new Choice(Text(u.Pk), u.Username, u.Name == u.Username || u.Name.Length == 0 ? null : u.Name))];

    /// <summary>Flows for one purpose, with the slug that guides name them by.</summary>
    public async ValueTask<IReadOnlyList<Choice>> FlowsAsync(Visit visit, string designation) =>
        [.. (await AllAsync(visit, flows, "slug", [new("designation", designation)])).Select(f => new Choice(f.Pk.ToString(), $"{f.Slug} ({f.Name})"))];

    /// <summary>The key of a flow by its slug, or null.</summary>
    public async ValueTask<string?> FlowAsync(Visit visit, string slug) =>
        (await flows.GetAsync(visit.Caller, slug, ListRequest.First(), visit.Ct)).Value?.Pk.ToString();

    /// <summary>Providers that no application has, and the one that is chosen already.</summary>
    public async ValueTask<IReadOnlyList<Choice>> ProvidersAsync(Visit visit, long? chosen) =>
        [.. (await AllAsync(visit, providers, "name", []))
            .Where(p => p.AssignedApplicationSlug is null || p.Pk == chosen)
            .Select(p => new Choice(Text(p.Pk), $"{p.Name} ({p.VerboseName})"))];

    /// <summary>Applications by their keys.</summary>
    public ValueTask<IReadOnlyList<Choice>> ApplicationsAsync(Visit visit) =>
        new([.. snapshots.Current.Get<ApplicationsPart>().All.OrderBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase).Select(a => new Choice(a.Pk.ToString(), a.Name))]);

    public ValueTask<IReadOnlyList<Choice>> ScopesAsync(Visit visit) =>
        new([.. snapshots.Current.Get<ScopeMappingsPart>().All.Select(m => new Choice(m.Pk.ToString(), m.ScopeName, m.Name))]);

    /// <summary>Certificates that can sign.</summary>
    public ValueTask<IReadOnlyList<Choice>> SigningKeysAsync(Visit visit) =>
        new([.. snapshots.Current.Get<KeyPairs>().All.Where(k => k.PrivateKey is not null).Select(k => new Choice(k.KpUuid.ToString(), k.Name))]);

    /// <summary>All of a kind, page by page.</summary>
    public static async ValueTask<List<T>> AllAsync<T>(
        Visit visit, Resource<T> resource, string order, IReadOnlyList<KeyValuePair<string, string>> arguments) where T : class
    {
        var all = new List<T>();
        for (var page = 1; ; page++)
        {
            var part = (await resource.ListAsync(visit.Caller, new ListRequest(page, ListRequest.MaxPageSize, order, "", arguments), visit.Ct)).Value;
            if (part is null) return all;
            all.AddRange(part.Results);
            if (page >= part.TotalPages) return all;
        }
    }

    private static string Text(long key) => key.ToString(CultureInfo.InvariantCulture);
}
