using Hearthkey.Ui;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>The catalog's words for what a host answered.</summary>
internal static class ProbeTexts
{
    public static HostProbe Describe(ProbeRow row) => row.Outcome is not { } outcome
        ? new(row.Origin, ProbeState.Waiting, null, [], "", "")
        : new(row.Origin, outcome.State, outcome.At, Came(outcome), Change(outcome), outcome.Certificate ?? "");

    public static IReadOnlyList<string> Came(ProbeOutcome outcome)
    {
        List<string> lines = [.. outcome.Answers.Select(Line)];
        if (outcome.Trouble != ProbeTrouble.None) lines.Add(Trouble(outcome));
        return lines;
    }

    public static string Change(ProbeOutcome outcome) => outcome.State switch
    {
        ProbeState.Open => OfOpen(outcome.Answers),
        ProbeState.Unreachable => ForwardAuthStrings.ProbeUnreachableChange,
        ProbeState.Unclear => ForwardAuthStrings.ProbeUnclearChange,
        _ => "",
    };

    private static string OfOpen(IReadOnlyList<ProbeAnswer> answers)
    {
        var open = answers.Where(a => a.Verdict == ProbeVerdict.Open).Select(a => a.Kind).ToHashSet();
        if (open.SetEquals([ProbedPath.Asset])) return ForwardAuthStrings.ProbeOpenAssetChange;
        return answers.Any(a => a.Verdict == ProbeVerdict.Refused) ? ForwardAuthStrings.ProbeOpenPartChange : ForwardAuthStrings.ProbeOpenChange;
    }

    private static string Line(ProbeAnswer answer)
    {
        var by = answer.By.Length > 0 ? Texts.Format(ForwardAuthStrings.ProbeBy, answer.By) : "";
        return answer switch
        {
            { Verdict: ProbeVerdict.Open } => Texts.Format(ForwardAuthStrings.ProbeLineOpen, answer.Path, answer.Status, by),
            { Verdict: ProbeVerdict.Refused, Location: { } to } => Texts.Format(ForwardAuthStrings.ProbeLineLogin, answer.Path, answer.Status, to),
            { Verdict: ProbeVerdict.Refused } => Texts.Format(ForwardAuthStrings.ProbeLineRefused, answer.Path, answer.Status),
            { Location: { } to } => Texts.Format(ForwardAuthStrings.ProbeLineElsewhere, answer.Path, answer.Status, to),
            _ => Texts.Format(ForwardAuthStrings.ProbeLineOther, answer.Path, answer.Status, by),
        };
    }

    private static string Trouble(ProbeOutcome outcome) => outcome.Trouble switch
    {
        ProbeTrouble.Name => ForwardAuthStrings.ProbeTroubleName,
        ProbeTrouble.Refused => Texts.Format(ForwardAuthStrings.ProbeTroubleRefused, outcome.Detail ?? ""),
        ProbeTrouble.Slow => ForwardAuthStrings.ProbeTroubleSlow,
        ProbeTrouble.Tls => Texts.Format(ForwardAuthStrings.ProbeTroubleTls, outcome.Detail ?? ""),
        ProbeTrouble.Elsewhere => ForwardAuthStrings.ProbeTroubleElsewhere,
        _ => Texts.Format(ForwardAuthStrings.ProbeTroubleBroken, outcome.Detail ?? ""),
    };
}
