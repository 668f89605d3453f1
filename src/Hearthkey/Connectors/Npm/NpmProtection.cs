using Hearthkey.Audit;
using Hearthkey.Connectors.Making;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Connectors.Npm;

/// <summary>
/// Protects single proxy hosts and takes it back. A host is read anew before it is written and must be what the person saw; what was there is
/// stored before anything is changed, so that it can be taken back also after a crash.
/// </summary>
internal sealed class NpmProtection(NpmApi api, AppMaker maker, ProtectedHosts hosts, SelfProbes probes, IStore store, TimeProvider time)
{
    /// <summary>nginx answers by the old configuration until its new workers have started; own choice, for a small box with many hosts.</summary>
    private static readonly TimeSpan _reload = TimeSpan.FromSeconds(8);

    public async ValueTask<NpmHostList> ListAsync(NpmConnection connection, CancellationToken ct)
    {
        var answer = await api.HostsAsync(connection, ct);
        if (answer.Value is not { } found) return new([], answer.Sentence, answer.Problem == NpmProblem.LoggedOut);
        var written = await store.ReadAsync(db => NpmRows.WrittenAsync(db, connection.Uuid), ct);
        List<NpmHostRow> rows = [];
        foreach (var host in found)
        {
            var origins = NpmOrigins.Of(connection, host);
            var isOurs = NpmText.IsIn(host.AdvancedConfig);
            var isOutdated = isOurs && written.TryGetValue(host.Id, out var row)
                && NpmText.Ours(host.AdvancedConfig) is { } ours && ours != NpmText.Insert("", Text(connection, host, origins, row.Providers));
            rows.Add(new(host.Id, origins, host.Target, host.Print, Obstacle(host, origins), isOurs, isOurs ? await ProbesAsync(origins, ct) : []) { IsOutdated = isOutdated });
        }
        return new(rows);
    }

    public async Task<NpmResult> ProtectAsync(Caller caller, Actor actor, NpmConnection connection, long id, string seen, ProtectBy by, CancellationToken ct)
    {
        var answer = await api.HostAsync(connection, id, ct);
        if (answer.Value is not { } host) return new(Texts.Format(ConnectorsStrings.NpmHostNumber, id), answer.Sentence);
        var names = string.Join(", ", host.DomainNames);
        if (host.Print != seen) return new(names, ConnectorsStrings.NpmChanged);
        var origins = NpmOrigins.Of(connection, host);
        if (Obstacle(host, origins) is { } obstacle) return new(names, obstacle);
        var (made, problem) = await MakeAsync(caller, actor, origins, by, ct);
        if (problem is null) problem = await WriteAsync(connection, host, origins, made, ct);
        if (problem is not null)
        {
            await RemoveAsync(caller, actor, [.. made.Where(m => m.IsNew).Select(m => m.ProviderPk)], ct);
            return new(names, problem);
        }
        foreach (var pk in made.Select(m => m.ProviderPk).Distinct()) await probes.AskAsync(pk, origins, _reload, ct);
        return new(names, null);
    }

    public async Task<NpmResult> TakeBackAsync(Caller caller, Actor actor, NpmConnection connection, long id, CancellationToken ct)
    {
        var written = (await store.ReadAsync(db => NpmRows.WrittenAsync(db, connection.Uuid), ct)).GetValueOrDefault(id);
        var answer = await api.HostAsync(connection, id, ct);
        if (answer.Value is null && answer.Problem != NpmProblem.Missing) return new(Texts.Format(ConnectorsStrings.NpmHostNumber, id), answer.Sentence);
        var names = answer.Value is { } host ? string.Join(", ", host.DomainNames) : Texts.Format(ConnectorsStrings.NpmHostNumber, id);
        string? note = null;
        if (answer.Value is { } there && NpmText.IsIn(there.AdvancedConfig))
        {
            var former = written is not null && there.AdvancedConfig == written.Written ? written.Former : NpmText.Cut(there.AdvancedConfig);
            if (former is null) return new(names, ConnectorsStrings.NpmConflictMarkers);
            var put = await api.WriteAsync(connection, id, former, ct);
            if (put.Value is null) return new(names, put.Sentence);
            if (put.Value.NginxError is { } error) note = Texts.Format(ConnectorsStrings.NpmNginxAfter, error);
        }
        await ForgetAsync(connection, id, ct);
        return new(names, note ?? await RemoveAsync(caller, actor, written?.Made ?? [], ct));
    }

    /// <summary>Writes our text anew where it stands, as it has to be now.</summary>
    public async Task<NpmResult> RenewAsync(NpmConnection connection, long id, string seen, CancellationToken ct)
    {
        var answer = await api.HostAsync(connection, id, ct);
        if (answer.Value is not { } host) return new(Texts.Format(ConnectorsStrings.NpmHostNumber, id), answer.Sentence);
        var names = string.Join(", ", host.DomainNames);
        if (host.Print != seen) return new(names, ConnectorsStrings.NpmChanged);
        var origins = NpmOrigins.Of(connection, host);
        if (Obstacle(host, origins) is { } obstacle) return new(names, obstacle);
        var former = (await store.ReadAsync(db => NpmRows.WrittenAsync(db, connection.Uuid), ct)).GetValueOrDefault(id);
        if (former is null || NpmText.Cut(host.AdvancedConfig) is not { } rest) return new(names, ConnectorsStrings.NpmConflictMarkers);
        var problem = await PutAsync(connection, host, former with { Former = rest, Written = NpmText.Insert(rest, Text(connection, host, origins, former.Providers)) }, ct);
        // what stands there is the old text again: it can still be taken back
        if (problem is not null) await SaveAsync(connection, former, ct);
        return new(names, problem);
    }

    private string? Obstacle(NpmHost host, IReadOnlyList<string> origins)
    {
        if (!host.IsEnabled) return ConnectorsStrings.NpmSwitchedOff;
        if (origins.Any(hosts.IsOwn)) return ConnectorsStrings.NpmOwnHost;
        return NpmText.Conflict(host);
    }

    private async Task<(IReadOnlyList<MadeApp> Made, string? Problem)> MakeAsync(Caller caller, Actor actor, IReadOnlyList<string> origins, ProtectBy by, CancellationToken ct)
    {
        if (by.NewDomain is { } domain) return await MakeDomainAsync(caller, actor, origins, domain, ct);
        if (by.DomainProvider is { } pk) return Within(origins, hosts.Find(pk));
        List<MadeApp> made = [];
        foreach (var origin in origins)
        {
            if (NpmOrigins.Normalize(origin) is not { } normal) return (made, Texts.Format(ConnectorsStrings.NpmWildcard, origin));
            var outcome = await maker.MakeAsync(caller, actor, new(new Uri(normal).Host, normal), ct);
            if (outcome.Value is not { } one) return (made, AppMaker.Sentence(outcome) ?? "");
            made.Add(one);
        }
        return (made, null);
    }

    private async Task<(IReadOnlyList<MadeApp>, string?)> MakeDomainAsync(Caller caller, Actor actor, IReadOnlyList<string> origins, string domain, CancellationToken ct)
    {
        if (hosts.BaseUrl is not { } external) return ([], ConnectorsStrings.NpmNoBaseUrl);
        if (hosts.Domains.FirstOrDefault(d => d.CookieDomain == domain) is { } there) return Within(origins, there);
        if (!origins.All(o => ProtectedHosts.IsWithin(o, domain))) return ([], Texts.Format(ConnectorsStrings.NpmOutsideDomain, domain));
        var outcome = await maker.MakeAsync(caller, actor, new(domain, external) { Domain = domain }, ct);
        // one for all that follow: it goes with none of them
        return outcome.Value is { } made ? ([made with { IsNew = false }], null) : ([], AppMaker.Sentence(outcome));
    }

    private static (IReadOnlyList<MadeApp>, string?) Within(IReadOnlyList<string> origins, ProtectedHost? provider)
    {
        if (provider is not { CookieDomain.Length: > 0 } || !provider.IsServed) return ([], ConnectorsStrings.NpmNoDomain);
        return origins.All(o => ProtectedHosts.IsWithin(o, provider.CookieDomain))
            ? ([new(provider.Pk, provider.ApplicationSlug ?? "", false)], null)
            : ([], Texts.Format(ConnectorsStrings.NpmOutsideDomain, provider.CookieDomain));
    }

    private async Task<string?> WriteAsync(NpmConnection connection, NpmHost host, IReadOnlyList<string> origins, IReadOnlyList<MadeApp> made, CancellationToken ct)
    {
        var there = NpmText.IsIn(host.AdvancedConfig);
        var former = there ? NpmText.Cut(host.AdvancedConfig)! : host.AdvancedConfig;
        long[] providers = [.. made.Select(m => m.ProviderPk)];
        var text = NpmText.Insert(former, Text(connection, host, origins, providers));
        var row = new NpmWritten(host.Id, former, text, providers, [.. made.Where(m => m.IsNew).Select(m => m.ProviderPk)]);
        var problem = await PutAsync(connection, host, row, ct);
        if (problem is not null) await ForgetAsync(connection, host.Id, ct);
        return problem;
    }

    private string Text(NpmConnection connection, NpmHost host, IReadOnlyList<string> origins, IReadOnlyList<long> providers) => ProxyTexts.Npm(
        string.Join(", ", host.DomainNames), string.Join(", ", origins), connection.ServerUrl, hosts.Told([.. origins.Select(o => NpmOrigins.Normalize(o) ?? o)], providers));

    private async Task<string?> PutAsync(NpmConnection connection, NpmHost host, NpmWritten row, CancellationToken ct)
    {
        await SaveAsync(connection, row, ct);
        var put = await api.WriteAsync(connection, host.Id, row.Written, ct);
        return put.Value switch
        {
            // it may have been written all the same
            null when put.Problem is NpmProblem.Slow or NpmProblem.Away => await TakeOutAsync(connection, host, put.Sentence, ConnectorsStrings.NpmMaybeThere, ct),
            null => put.Sentence,
            { NginxError: { } error } => await TakeOutAsync(
                connection, host, Texts.Format(ConnectorsStrings.NpmNginxRefused, error), Texts.Format(ConnectorsStrings.NpmNginxStuck, error), ct),
            { AdvancedConfig: var now } when now != row.Written => await TakeOutAsync(
                connection, host, ConnectorsStrings.NpmOtherText, ConnectorsStrings.NpmOtherTextStuck, ct),
            _ => null,
        };
    }

    private Task SaveAsync(NpmConnection connection, NpmWritten row, CancellationToken ct) => store.WriteAsync(async db =>
    {
        await NpmRows.SaveAsync(db, connection.Uuid, row, time.GetUtcNow());
        return true;
    }, ct);

    private Task ForgetAsync(NpmConnection connection, long host, CancellationToken ct) => store.WriteAsync(async db =>
    {
        await NpmRows.ForgetAsync(db, connection.Uuid, host);
        return true;
    }, ct);

    /// <summary>Writes what stood there before; gives the one sentence or the other, as that worked or not.</summary>
    private async Task<string?> TakeOutAsync(NpmConnection connection, NpmHost host, string? done, string stuck, CancellationToken ct) =>
        (await api.WriteAsync(connection, host.Id, host.AdvancedConfig, ct)).Value is { } back && back.AdvancedConfig == host.AdvancedConfig ? done : stuck;

    private async Task<string?> RemoveAsync(Caller caller, Actor actor, IReadOnlyList<long> made, CancellationToken ct)
    {
        string? kept = null;
        foreach (var pk in made) kept = await maker.RemoveAsync(caller, actor, pk, ct) ?? kept;
        return kept;
    }

    private async ValueTask<IReadOnlyList<HostProbe>> ProbesAsync(IReadOnlyList<string> origins, CancellationToken ct)
    {
        List<HostProbe> all = [];
        foreach (var origin in origins.Select(NpmOrigins.Normalize).OfType<string>())
            if (hosts.Find(origin) is { } provider) all.AddRange((await probes.OfAsync(provider.Pk, ct)).Where(p => p.Origin == origin));
        return all;
    }
}
