namespace Hearthkey.Oidc;

/// <summary>One registered redirect URI.</summary>
/// <param name="Mode">How it is compared.</param>
/// <param name="Url">The URI, or the regular expression.</param>
/// <param name="Type">What it is for.</param>
public sealed record RedirectUri(MatchingMode Mode, string Url, RedirectUriType Type = RedirectUriType.Authorization)
{
    /// <summary>Why this entry can never match, as a sentence for the person who typed it; null when it can.</summary>
    public string? Problem => Mode == MatchingMode.Regex ? RedirectUriPattern.For(Url).Problem : SentRedirectUri.ProblemOf(Url);

    /// <summary>Whether a sent URI, already found well formed, is this one.</summary>
    internal bool Matches(string sent, bool mayDifferInLoopbackPort) =>
        Mode == MatchingMode.Regex
            ? RedirectUriPattern.For(Url).Matches(sent)
            : string.Equals(Url, sent, StringComparison.Ordinal) || (mayDifferInLoopbackPort && LoopbackUri.SameButForPort(Url, sent));
}
