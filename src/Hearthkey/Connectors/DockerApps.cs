using Hearthkey.Audit;
using Hearthkey.Connectors.Docker;
using Hearthkey.Connectors.Making;
using Hearthkey.Directory;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Connectors;

/// <summary>
/// Apps that the containers of this machine name by labels. One click protects one; with the setting, those that say <c>hearthkey.enable=true</c>
/// are protected by themselves. What a person made by hand is never touched.
/// </summary>
public sealed class DockerApps
{
    private readonly DockerApi _docker;
    private readonly AppMaker _maker;
    private readonly ProtectedHosts _hosts;
    private readonly Snapshots _snapshots;
    private readonly IStore _store;

    internal DockerApps(DockerApi docker, AppMaker maker, ProtectedHosts hosts, Snapshots snapshots, IStore store) =>
        (_docker, _maker, _hosts, _snapshots, _store) = (docker, maker, hosts, snapshots, store);

    /// <summary>What runs now, and what ran when it was protected.</summary>
    public async ValueTask<FoundApps> ListAsync(CancellationToken ct)
    {
        if (!_docker.IsOn) return new(false, []);
        var (containers, problem) = await _docker.RunningAsync(ct);
        var rows = await _store.ReadAsync(DockerRows.AllAsync, ct);
        if (containers is null) return new(true, [], problem);
        var found = Judge(containers, rows);
        var gone = rows.Values.Where(r => found.All(f => f.Host.Origin != r.Origin || f.State != FoundState.Ours)).Select(r =>
            new FoundApp(r.Container, new(r.Origin, r.Name, false, [], ""), FoundState.Gone, ConnectorsStrings.DockerGone, _hosts.Find(r.ProviderPk)));
        return new(true, [.. found, .. gone]);
    }

    /// <summary>Protects one that was found.</summary>
    public async Task<Outcome<FoundApp>> ProtectAsync(Caller caller, Actor actor, string origin, CancellationToken ct)
    {
        var list = await ListAsync(ct);
        if (list.Apps.FirstOrDefault(a => a.Host.Origin == origin && a.State != FoundState.Gone) is not { } app) return Outcome<FoundApp>.Missing;
        if (app.State != FoundState.Free) return Outcome<FoundApp>.Wrong(FieldErrors.General, app.Sentence.Length > 0 ? app.Sentence : ConnectorsStrings.DockerThere);
        return await MakeAsync(caller, actor, app, ct);
    }

    /// <summary>How each host that the containers name stands.</summary>
    internal IReadOnlyList<FoundApp> Judge(IReadOnlyList<DockerContainer> containers, IReadOnlyDictionary<string, DockerRow> rows)
    {
        List<FoundApp> all = [];
        Dictionary<string, string> claimed = [];
        foreach (var container in containers)
        {
            foreach (var host in DockerLabels.Read(container.Name, container.Labels))
            {
                if (claimed.TryGetValue(host.Origin, out var first)) all.Add(new(container.Name, host, FoundState.Refused, Texts.Format(ConnectorsStrings.DockerTwice, first), null));
                else
                {
                    claimed[host.Origin] = container.Name;
                    all.Add(Judge(container.Name, host, rows.GetValueOrDefault(host.Origin)));
                }
            }
        }
        return all;
    }

    internal async Task<Outcome<FoundApp>> MakeAsync(Caller? caller, Actor actor, FoundApp app, CancellationToken ct)
    {
        var made = await _maker.MakeAsync(caller, actor, new(app.Host.Name, app.Host.Origin) { SkipPaths = app.Host.SkipPaths, Groups = Groups(app.Host) }, ct);
        if (made.Value is not { } value) return made.As<FoundApp>();
        await _store.WriteAsync(async db =>
        {
            await DockerRows.SaveAsync(db, DockerRow.Of(app.Container, app.Host, value.ProviderPk));
            return true;
        }, ct);
        return Outcome<FoundApp>.Done(app with { State = FoundState.Ours, Provider = _hosts.Find(value.ProviderPk) });
    }

    /// <summary>The keys of the groups that its labels name; those that there are.</summary>
    internal IReadOnlyList<Guid> Groups(LabelledHost host)
    {
        var tree = _snapshots.Current.Get<GroupTree>();
        return [.. host.Allow.Select(name => tree.All.FirstOrDefault(g => NameKey.Of(g.Name) == NameKey.Of(name))?.Uuid).OfType<Guid>()];
    }

    private FoundApp Judge(string container, LabelledHost host, DockerRow? row)
    {
        var provider = _hosts.Find(host.Origin);
        if (_hosts.IsOwn(host.Origin)) return new(container, host, FoundState.Refused, ConnectorsStrings.DockerOwnHost, null);
        if (row is not null && provider?.Pk == row.ProviderPk) return new(container, host, FoundState.Ours, Unknown(host) ?? "", provider);
        if (provider is not null) return new(container, host, FoundState.Others, Texts.Format(ConnectorsStrings.DockerOthers, provider.Name), provider);
        // a name that is misspelt must not open the app to everybody
        return Unknown(host) is { } unknown ? new(container, host, FoundState.Refused, unknown, null) : new(container, host, FoundState.Free, "", null);
    }

    private string? Unknown(LabelledHost host)
    {
        var tree = _snapshots.Current.Get<GroupTree>();
        var missing = host.Allow.FirstOrDefault(name => tree.All.All(g => NameKey.Of(g.Name) != NameKey.Of(name)));
        return missing is null ? null : Texts.Format(ConnectorsStrings.DockerNoGroup, missing);
    }
}
