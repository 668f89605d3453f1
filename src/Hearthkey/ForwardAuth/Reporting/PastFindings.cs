using System.Text.Json;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>What the event log says of a provider and its application: mistakes seen by other nodes, refused redirect URIs, people turned away.</summary>
internal sealed class PastFindings(IStore store, AuditLog audit, TimeProvider time)
{
    private static readonly TimeSpan _reach = TimeSpan.FromDays(7);

    /// <summary>Events of each kind that are looked at; a page shows the latest, the event log has the rest.</summary>
    private const int MostOfEach = 20;

    public async ValueTask<IReadOnlyList<Finding>> OfAsync(Snapshot snapshot, long providerPk, CancellationToken ct)
    {
        var since = time.GetUtcNow() - _reach;
        var application = snapshot.Get<ApplicationsPart>().ByProvider(providerPk);
        var (mistakes, refusals) = await store.ReadAsync(async db => (
            await audit.LatestAsync(db, EventActions.ConfigurationError, ProvidersPart.Subject(providerPk), since, MostOfEach),
            application is null ? [] : await audit.LatestAsync(db, EventActions.PolicyExecution, AccessDenied.Subject(application), since, MostOfEach)), ct);
        var found = mistakes.Concat(refusals).Where(e => !e.Context.TryGetProperty("suppressed", out _))
            .Select(e => e.Context.TryGetProperty("passing", out _) ? OfRefusal(e) : OfMistake(e));
        return [.. found.DistinctBy(f => (f.Kind, f.Title, f.Came)).OrderByDescending(f => f.At)];
    }

    private static Finding OfMistake(PastEvent past)
    {
        var what = past.Context;
        if (Text(what, "finding") is { } name && Enum.TryParse<OutpostFinding>(name, out var kind))
        {
            var status = what.GetProperty("status").GetInt32();
            return new(FindingTexts.SeverityOf(status), FindingTexts.Title(kind), Text(what, "came") ?? "", Text(what, "expected") ?? "", Text(what, "change") ?? "", past.At)
            {
                Kind = kind,
                Status = status,
                Count = past.Occurrences,
            };
        }
        var registered = what.TryGetProperty("registered", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(entry => Text(entry, "registered_marked") ?? Text(entry, "url")).OfType<string>()
            : [];
        var expected = string.Join(", ", registered);
        return new(FindingSeverity.Problem, Text(what, "message") ?? "", Text(what, "redirect_uri") ?? Text(what, "error") ?? "", expected,
            expected.Length > 0 ? ForwardAuthStrings.RedirectUriChange : ForwardAuthStrings.SeeEvent, past.At)
        {
            Count = past.Occurrences,
        };
    }

    private static Finding OfRefusal(PastEvent past) => new(
        FindingSeverity.Warning, Texts.Format(ForwardAuthStrings.TurnedAway, past.Username), Text(past.Context, "message") ?? "",
        "", ForwardAuthStrings.TurnedAwayChange, past.At)
    {
        Count = past.Occurrences,
    };

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
