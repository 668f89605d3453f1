using Hearthkey.Storage;

namespace Hearthkey.Connectors.Docker;

/// <summary>The SQL of the table <c>docker_app</c>: what was made for labels, and what they said then.</summary>
internal static class DockerRows
{
    public static async ValueTask<Dictionary<string, DockerRow>> AllAsync(Db db) => (await db.ListAsync(
        $"select origin, provider_pk, container, name, allow, skip, is_gone from docker_app order by origin",
        r => new DockerRow(r.Text(), r.Long(), r.Text(), r.Text(), r.Text(), r.Text(), r.Bool()))).ToDictionary(row => row.Origin);

    public static async ValueTask SaveAsync(Db db, DockerRow row) => await db.ExecAsync(
        $"""
        insert into docker_app (origin, provider_pk, container, name, allow, skip, is_gone)
        values ({row.Origin}, {row.ProviderPk}, {row.Container}, {row.Name}, {row.Allow}, {row.Skip}, {row.IsGone})
        on conflict (origin) do update set provider_pk = excluded.provider_pk, container = excluded.container, name = excluded.name,
        allow = excluded.allow, skip = excluded.skip, is_gone = excluded.is_gone
        """);

    public static async ValueTask MarkAsync(Db db, DockerRow row, bool isGone) =>
        await db.ExecAsync($"update docker_app set is_gone = {isGone} where origin = {row.Origin}");
}

/// <summary>An app that was made for labels.</summary>
/// <param name="Allow">The groups' names, one a line.</param>
/// <param name="IsGone">Its container is no longer there.</param>
internal sealed record DockerRow(string Origin, long ProviderPk, string Container, string Name, string Allow, string Skip, bool IsGone)
{
    public static DockerRow Of(string container, LabelledHost host, long provider) =>
        new(host.Origin, provider, container, host.Name, string.Join('\n', host.Allow), host.SkipPaths, false);

    /// <summary>The labels say the same as then.</summary>
    public bool IsInStep(string container, LabelledHost host) => !IsGone && this == Of(container, host, ProviderPk);
}
