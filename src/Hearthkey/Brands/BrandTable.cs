using Hearthkey.Storage;

namespace Hearthkey.Brands;

/// <summary>All brands: part of the snapshot.</summary>
public sealed class BrandTable(IReadOnlyList<Brand> all)
{
    public IReadOnlyList<Brand> All => all;

    /// <summary>The brand with the longest domain that is the host or a parent of it, otherwise the default one.</summary>
    public Brand? Find(string host) =>
        all.Where(b => IsWithin(host, b.Domain)).MaxBy(b => b.Domain.Length) ?? all.FirstOrDefault(b => b.Default);

    internal static async ValueTask<BrandTable> LoadAsync(Db db) =>
        new(await db.ListAsync($"select {Brands.Columns} from brand order by domain", Brands.Read));

    /// <summary>Gives the default brand these flows where it has none: they come along with it.</summary>
    public static async ValueTask AdoptFlowsAsync(Db db, Guid authentication, Guid invalidation)
    {
        await db.ExecAsync($"update brand set flow_authentication = {authentication} where is_default and flow_authentication is null");
        await db.ExecAsync($"update brand set flow_invalidation = {invalidation} where is_default and flow_invalidation is null");
    }

    private static bool IsWithin(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (host.Length == domain.Length || host[host.Length - domain.Length - 1] == '.');
}
