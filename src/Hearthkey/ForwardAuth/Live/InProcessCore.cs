using Hearthkey.ForwardAuth.Probing;
using Hearthkey.ForwardAuth.Reporting;
using Hearthkey.Outpost;
using Hearthkey.Storage;
using LiveProvider = Hearthkey.Outpost.ProxyProvider;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>The server as the embedded outpost sees it.</summary>
internal sealed class InProcessCore(
    Snapshots snapshots, StaleRule rule, ProxySessionStore store, SignIns signIns, HeaderLogins headers, ReportQueue reports, SeenHosts seen) : IOutpostCore
{
    public OutpostConfiguration Configuration => snapshots.Current.Get<ForwardAuthPart>().Configuration;

    public bool MayBelieveMemory => rule.MayBelieve;

    public ValueTask<CodeExchange> ExchangeCodeAsync(
        LiveProvider provider, string code, string redirectUri, string codeVerifier, CancellationToken ct) =>
        signIns.ExchangeAsync(provider, code, redirectUri, codeVerifier, ct);

    public ValueTask<SessionLookup> FindSessionAsync(string idHash, CancellationToken ct) => store.FindAsync(idHash, ct);

    public ValueTask<bool> SaveSessionAsync(string idHash, ProxySession session, CancellationToken ct) => store.SaveAsync(idHash, session, ct);

    public ValueTask EndSessionsAsync(int userKey, CancellationToken ct) => store.EndAsync(userKey, ct);

    public ValueTask<Identity?> IdentityAsync(LiveProvider provider, ProxySession session, CancellationToken ct) =>
        signIns.IdentityAsync(provider, session, ct);

    public ValueTask<HeaderAnswer> AuthenticateAsync(LiveProvider provider, HeaderAttempt attempt, CancellationToken ct) =>
        headers.FindAsync(provider, attempt, ct);

    public void Report(OutpostReport report)
    {
        seen.Take(report);
        reports.Add(report.Finding == OutpostFinding.ProviderInNoOutpost ? Explain(report) : report);
    }

    // the outpost knows only that it does not serve the provider; why, stands in the snapshot
    private OutpostReport Explain(OutpostReport report)
    {
        var part = snapshots.Current.Get<ForwardAuthPart>();
        return report.Provider is { } provider && part.Find(provider.Pk)?.Obstacle(part.Base) is { } obstacle
            ? report with { Expected = obstacle.Came, Change = obstacle.Change }
            : report;
    }
}
