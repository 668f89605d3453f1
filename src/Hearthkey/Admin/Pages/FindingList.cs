using System.Globalization;
using Hearthkey.ForwardAuth;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>What is wired badly around a provider, as a section of its page.</summary>
public static class FindingList
{
    public static Html Show(IReadOnlyList<Finding> findings, DateTimeOffset now) => $"""
        <section class="section" id="findings"><div class="section-head"><h2>{AdminStrings.Findings}</h2><p>{AdminStrings.FindingsHelp}</p></div>
          <div class="card body">{(findings.Count == 0 ? Feedback.Alert(AdminStrings.NoFindings, Tone.Good) : List(findings, now))}</div></section>
        """;

    private static Html List(IReadOnlyList<Finding> findings, DateTimeOffset now) => $"""
        <ul class="findings">{Html.Join(findings, finding => Item(finding, now))}</ul>
        """;

    private static Html Item(Finding finding, DateTimeOffset now)
    {
        var tone = finding switch
        {
            { IsOver: true } => Tone.Neutral,
            { Severity: FindingSeverity.Problem } => Tone.Bad,
            _ => Tone.Warning,
        };
        var word = finding.IsOver ? AdminStrings.FindingOver : finding.Severity == FindingSeverity.Problem ? AdminStrings.FindingProblem : AdminStrings.FindingWarning;
        return $"""
            <li><div class="finding-head">{Feedback.Badge(word, tone)}<strong>{finding.Title}</strong>{When(finding, now)}</div>
              {Pieces.DefinitionList(Facts(finding).Select(f => (f.Term, (Microsoft.AspNetCore.Html.IHtmlContent)f.Value)))}
              <p>{finding.Change}</p></li>
            """;
    }

    private static Html? When(Finding finding, DateTimeOffset now)
    {
        if (finding.At is not { } at) return null;
        var count = finding.Count > 1 ? Texts.Format(AdminStrings.Times, finding.Count.ToString("N0", CultureInfo.CurrentCulture)) + " · " : null;
        return $"""<span class="soft">{count}{Texts.Ago(at, now)}</span>""";
    }

    private static IEnumerable<(string Term, Html Value)> Facts(Finding finding)
    {
        if (finding.Came.Length > 0) yield return (AdminStrings.Came, Pieces.Code(finding.Came));
        if (finding.Expected.Length > 0) yield return (AdminStrings.Expected, Marked.Show(finding.Expected));
        if (finding.Status > 0) yield return (AdminStrings.AnsweredWith, Pieces.Text(finding.Status.ToString(CultureInfo.InvariantCulture)));
    }
}
