using Hearthkey.Connectors;
using Hearthkey.ForwardAuth;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Apps that containers name: a section of the page Connect.</summary>
public static class DockerSection
{
    public const string Id = "docker";

    public static Html Show(Visit visit, FoundApps found) => $"""
        <section class="section" id="{Id}"><div class="section-head"><h2>{AdminStrings.Docker}</h2><p>{AdminStrings.DockerHelp}</p></div>
          <div class="card body">{Content(visit, found)}</div></section>
        """;

    private static Html Content(Visit visit, FoundApps found)
    {
        if (!found.IsOn) return Feedback.Alert(AdminStrings.DockerOff, Tone.Neutral);
        if (found.Problem is { } problem) return Feedback.Alert(problem);
        if (found.Apps.Count == 0) return Feedback.Alert(AdminStrings.DockerNothing, Tone.Neutral);
        return $"""<ul class="findings">{Html.Join(found.Apps, app => Item(visit, app))}</ul>""";
    }

    private static Html Item(Visit visit, FoundApp app) => $"""
        <li><div class="finding-head">{Badge(app.State)}<strong>{app.Host.Name}</strong><code class="mono">{app.Host.Origin}</code><span class="soft">{app.Container}</span></div>
          {(app.Sentence.Length > 0 ? Line(app.Sentence) : null)}{(app.Host.Allow.Count > 0 ? Line(Texts.Format(AdminStrings.DockerAllow, string.Join(", ", app.Host.Allow))) : null)}{(app.Provider is { } provider ? Page(provider) : null)}{(app.State == FoundState.Free ? Button(visit, app) : null)}</li>
        """;

    private static Html Badge(FoundState state) => state switch
    {
        FoundState.Ours => Feedback.Badge(AdminStrings.DockerOurs, Tone.Good),
        FoundState.Others => Feedback.Badge(AdminStrings.DockerOthers, Tone.Note),
        FoundState.Refused => Feedback.Badge(AdminStrings.DockerRefused, Tone.Warning),
        FoundState.Gone => Feedback.Badge(AdminStrings.DockerGone),
        _ => Feedback.Badge(AdminStrings.DockerFree),
    };

    private static Html Line(string text) => $"<p>{text}</p>";

    private static Html Page(ProtectedHost provider) =>
        $"""<p>{Pieces.Link($"{AdminPaths.Providers}{provider.Pk}/", Texts.Format(AdminStrings.DockerProvider, provider.Name))}</p>""";

    private static Html Button(Visit visit, FoundApp app) => $"""
        <form method="post" action="{AdminPaths.Connect}docker/protect/">{Fields.Csrf(visit.Http)}{Fields.Hidden("origin", app.Host.Origin)}<button class="btn sm">{Icon.ShieldLock}{AdminStrings.NpmProtect}</button></form>
        """;
}
