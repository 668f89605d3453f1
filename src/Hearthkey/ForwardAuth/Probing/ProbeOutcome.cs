namespace Hearthkey.ForwardAuth.Probing;

/// <summary>What a host answered, as it is stored.</summary>
/// <param name="Trouble">Why it could not be asked, in words of this machine; null where it answered.</param>
/// <param name="Certificate">What is wrong with its certificate; null where nothing is, or over plain http.</param>
internal sealed record ProbeOutcome(
    DateTimeOffset At, ProbeTrouble Trouble, string? Detail, string? Certificate, IReadOnlyList<ProbeAnswer> Answers)
{
    public ProbeState State =>
        Answers.Any(a => a.Verdict == ProbeVerdict.Open) ? ProbeState.Open
        : Trouble != ProbeTrouble.None ? ProbeState.Unreachable
        : Answers.Count == 0 ? ProbeState.Exempt
        : Answers.All(a => a.Verdict == ProbeVerdict.Refused) ? ProbeState.Protected
        : ProbeState.Unclear;
}

/// <summary>The answer to one path.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="By">What the answer calls the server that gave it; may be blank.</param>
/// <param name="Location">Where it leads to, without arguments; null for none.</param>
internal sealed record ProbeAnswer(string Path, ProbedPath Kind, ProbeVerdict Verdict, int Status, string By, string? Location);

/// <summary>What sort of path was asked.</summary>
internal enum ProbedPath
{
    /// <summary>The first page.</summary>
    Start,

    /// <summary>A picture, which proxies like to answer from a location of its own.</summary>
    Asset,

    /// <summary>A path that nobody has.</summary>
    Random,
}

/// <summary>What an answer proves.</summary>
internal enum ProbeVerdict
{
    /// <summary>A refusal, or the way to our login.</summary>
    Refused,

    /// <summary>It was handed out.</summary>
    Open,

    /// <summary>Neither.</summary>
    Other,
}

/// <summary>Why a host could not be asked.</summary>
internal enum ProbeTrouble
{
    None,

    /// <summary>Its name leads nowhere.</summary>
    Name,

    /// <summary>Nothing listens there.</summary>
    Refused,

    /// <summary>It did not answer in time.</summary>
    Slow,

    /// <summary>No encrypted connection came about.</summary>
    Tls,

    /// <summary>A host that only a check named leads to a private address that is not the proxy's: it is not asked.</summary>
    Elsewhere,

    /// <summary>The connection broke, or what came is no HTTP.</summary>
    Broken,
}
