using Hearthkey.ForwardAuth;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>What the hosts of a provider answer to somebody from outside: a section of its page, and a warning on its application's.</summary>
public static class ProbeSection
{
    public const string Id = "outside";

    public static Html Show(Visit visit, IReadOnlyList<HostProbe> hosts, bool isOn, string href) => $"""
        <section class="section" id="{Id}"><div class="section-head"><h2>{AdminStrings.FromOutside}</h2><p>{AdminStrings.FromOutsideHelp}</p></div>
          <div class="card body">{(isOn ? List(visit, hosts) : Feedback.Alert(AdminStrings.ProbeOff, Tone.Warning))}{(isOn && hosts.Count > 0 ? Button(visit, href) : null)}</div></section>
        """;

    /// <summary>On the page of the application: only what stands open.</summary>
    public static Html? Warning(IReadOnlyList<HostProbe> hosts, string href)
    {
        var open = hosts.Where(h => h.State == ProbeState.Open).ToList();
        if (open.Count == 0) return null;
        return Feedback.Alert(
            open[0].Change, Tone.Bad, Texts.Format(AdminStrings.ProbeOpenTitle, string.Join(", ", open.Select(h => h.Origin))),
            Pieces.Link($"{href}#{Id}", AdminStrings.SeeProvider));
    }

    /// <summary>How a host stands, in a word and a colour.</summary>
    public static Html Badge(ProbeState state) => state switch
    {
        ProbeState.Protected => Feedback.Badge(AdminStrings.ProbeProtected, Tone.Good),
        ProbeState.Open => Feedback.Badge(AdminStrings.ProbeOpen, Tone.Bad),
        ProbeState.Unreachable => Feedback.Badge(AdminStrings.ProbeUnreachable),
        ProbeState.Unclear => Feedback.Badge(AdminStrings.ProbeUnclear),
        ProbeState.Exempt => Feedback.Badge(AdminStrings.ProbeExempt),
        _ => Feedback.Badge(AdminStrings.ProbeWaiting),
    };

    private static Html List(Visit visit, IReadOnlyList<HostProbe> hosts)
    {
        if (hosts.Count == 0) return Feedback.Alert(AdminStrings.ProbeNone, Tone.Neutral);
        var now = visit.Http.Ui().Now;
        // what is to be done is said once, where it comes first
        var first = hosts.DistinctBy(host => host.Change).ToHashSet();
        return $"""<ul class="findings">{Html.Join(hosts, host => Item(host, now, first.Contains(host)))}</ul>""";
    }

    private static Html Item(HostProbe host, DateTimeOffset now, bool isNew) => $"""
        <li><div class="finding-head">{Badge(host.State)}<strong>{host.Origin}</strong>{(host.At is { } at ? When(at, now) : null)}</div>
          {Html.Join(host.Came, line => $"<p>{line}</p>")}{(host.Note.Length > 0 ? Line(host.Note) : null)}{(isNew && host.Change.Length > 0 ? Line(host.Change) : null)}</li>
        """;

    private static Html When(DateTimeOffset at, DateTimeOffset now) => $"""<span class="soft">{Texts.Ago(at, now)}</span>""";

    private static Html Line(string text) => $"<p>{text}</p>";

    private static Html Button(Visit visit, string href) => $"""
        <form method="post" action="{href}probe/">{Fields.Csrf(visit.Http)}<button class="btn">{Icon.Refresh}{AdminStrings.ProbeNow}</button></form>
        """;
}
