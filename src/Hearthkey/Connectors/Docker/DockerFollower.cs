using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Connectors.Docker;

/// <summary>
/// Keeps apps that were made for labels in step with them: a name, groups, open paths that change there change here. Marks those whose container
/// is gone, and protects new ones by itself where the setting says so.
/// </summary>
internal sealed partial class DockerFollower(
    DockerApi docker, DockerApps apps, ProxyProviders providers, ApplicationResource applications, PolicyBindings bindings, Snapshots snapshots, IStore store,
    Settings settings, ILogger<DockerFollower> log)
{
    /// <summary>The server's own right: it acts on what the labels say.</summary>
    private static readonly Caller _server = new(0, Guid.Empty, "", "", IsSuperuser: true, IsBrowser: false, null);

    /// <summary>Own choice: sentences that are remembered as told.</summary>
    private const int MostTold = 200;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private string? _lastProblem;

    /// <summary>One run of the background job.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (!docker.IsOn) return;
        var (containers, problem) = await docker.RunningAsync(ct);
        if (problem != _lastProblem && problem is not null) Log.Away(log, problem);
        _lastProblem = problem;
        if (containers is null) return;
        var rows = await store.ReadAsync(DockerRows.AllAsync, ct);
        var found = apps.Judge(containers, rows);
        foreach (var app in found)
        {
            if (app.State == FoundState.Ours) await FollowAsync(app, rows[app.Host.Origin], ct);
            else if (app is { State: FoundState.Free, Host.IsEnabled: true } && settings.DockerProtects) await ProtectAsync(app, ct);
        }
        foreach (var row in rows.Values.Where(r => !r.IsGone && found.All(f => f.Host.Origin != r.Origin || f.State != FoundState.Ours)))
            await store.WriteAsync(async db =>
            {
                await DockerRows.MarkAsync(db, row, isGone: true);
                return true;
            }, ct);
    }

    private async Task ProtectAsync(FoundApp app, CancellationToken ct)
    {
        var outcome = await apps.MakeAsync(null, Actor.Server, app, ct);
        if (outcome.Value is null && Making.AppMaker.Sentence(outcome) is var why && IsNews(app.Host.Origin + why)) Log.NotProtected(log, app.Host.Origin, why ?? "");
    }

    private async Task FollowAsync(FoundApp app, DockerRow row, CancellationToken ct)
    {
        if (row.IsInStep(app.Container, app.Host) || app.Sentence.Length > 0) return;
        var now = DockerRow.Of(app.Container, app.Host, row.ProviderPk);
        var application = snapshots.Current.Get<ApplicationsPart>().ByProvider(row.ProviderPk);
        var isDone = true;
        if (application is not null && now.Name != row.Name)
            isDone &= await DoneAsync(applications.UpdateAsync(_server, Actor.Server, application.Slug, Json(new() { ["name"] = now.Name }), isPartial: true, ct));
        if (now.Skip != row.Skip)
            isDone &= await DoneAsync(providers.UpdateAsync(
                _server, Actor.Server, row.ProviderPk.ToString(CultureInfo.InvariantCulture), Json(new() { ["skip_path_regex"] = now.Skip }), isPartial: true, ct));
        // a label that goes away must not open the app to everybody
        if (application is not null && now.Allow != row.Allow && now.Allow.Length > 0) isDone &= await RebindAsync(application, app.Host, row.Allow, ct);
        // what was refused is tried again with the next run
        if (!isDone) return;
        await store.WriteAsync(async db =>
        {
            await DockerRows.SaveAsync(db, now);
            return true;
        }, ct);
    }

    // the new ones first: between the two nobody gets in who may not
    private async Task<bool> RebindAsync(Application application, LabelledHost host, string formerly, CancellationToken ct)
    {
        var there = (await bindings.ListAsync(_server, new(1, ListRequest.MaxPageSize, "order", "", [new("target", application.PbmUuid.ToString())]), ct)).Value?.Results ?? [];
        var wanted = apps.Groups(host);
        var isDone = true;
        foreach (var group in wanted.Where(g => there.All(b => b.Group != g)))
            isDone &= await DoneAsync(bindings.CreateAsync(_server, Actor.Server, Json(new() { ["target"] = application.PbmUuid, ["group"] = group, ["order"] = there.Count }), ct));
        var former = apps.Groups(host with { Allow = formerly.Split('\n', StringSplitOptions.RemoveEmptyEntries) });
        foreach (var binding in there.Where(b => b.Group is { } group && former.Contains(group) && !wanted.Contains(group)))
            isDone &= await DoneAsync(bindings.DeleteAsync(_server, Actor.Server, binding.Pk.ToString(), ct));
        return isDone;
    }

    private async Task<bool> DoneAsync<T>(Task<Outcome<T>> change) where T : class
    {
        if (Making.AppMaker.Sentence(await change) is not { } sentence) return true;
        if (IsNews(sentence)) Log.NotFollowed(log, sentence);
        return false;
    }

    // a container that cannot be followed is met with every run
    private bool IsNews(string sentence)
    {
        if (_told.Count >= MostTold) _told.Clear();
        return _told.Add(sentence);
    }

    private static JsonElement Json(JsonObject input) => JsonElement.Parse(input.ToJsonString());

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Docker cannot be asked: {Reason}")]
        public static partial void Away(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Origin} wants to be protected by its labels, and was not: {Reason}")]
        public static partial void NotProtected(ILogger logger, string origin, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "An app could not be kept in step with its labels: {Reason}")]
        public static partial void NotFollowed(ILogger logger, string reason);
    }
}
