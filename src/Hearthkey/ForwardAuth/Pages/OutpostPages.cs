using Hearthkey.ForwardAuth.Slices;
using Hearthkey.Hosting;
using Hearthkey.Outpost;
using Hearthkey.Ui;

namespace Hearthkey.ForwardAuth.Pages;

/// <summary>The outpost's pages. They are shown on the hosts of applications, where only the outpost's own paths are ours.</summary>
internal static class OutpostPages
{
    /// <summary>Where style sheet and images are found on any protected host.</summary>
    public const string Static = OutpostPaths.Prefix + "/static";

    private const string Assets = "/assets";

    public static async Task RenderAsync(HttpContext context, OutpostPage page)
    {
        // in proxy mode nobody has set them yet
        SecurityHeaders.Apply(context);
        var content = Describe(context, page);
        var slice = OutpostErrorPage.Create(content);
        slice.StatusCode = page.Status;
        await ((IResult)slice).ExecuteAsync(context);
    }

    /// <summary>The address of an asset as a page on a protected host reaches it.</summary>
    public static string Asset(string url) => url.StartsWith(Assets + "/", StringComparison.Ordinal) ? Static + url[Assets.Length..] : url;

    /// <summary>The asset that a path below <see cref="Static"/> means, or null.</summary>
    public static string? AssetOf(string path) =>
        path.StartsWith(Static + "/", StringComparison.Ordinal) ? Assets + path[Static.Length..] : null;

    private static ErrorContent Describe(HttpContext context, OutpostPage page)
    {
        var name = page.Provider is { ApplicationName.Length: > 0 } provider ? provider.ApplicationName : ForwardAuthStrings.TheApplication;
        var (title, sentence, next) = page.Kind switch
        {
            OutpostPageKind.Misconfigured => (Title(page), ForwardAuthStrings.MisconfiguredSentence, ForwardAuthStrings.MisconfiguredNext),
            OutpostPageKind.LoginHostProtected => (ForwardAuthStrings.LoginHostTitle, ForwardAuthStrings.LoginHostSentence, ForwardAuthStrings.LoginHostNext),
            OutpostPageKind.AuthorizationRefused when page.Error == "access_denied" =>
                (Texts.Format(ForwardAuthStrings.DeniedTitle, name), ForwardAuthStrings.DeniedSentence, ForwardAuthStrings.DeniedNext),
            OutpostPageKind.AuthorizationRefused =>
                (Texts.Format(ForwardAuthStrings.RefusedTitle, name), ForwardAuthStrings.RefusedSentence, ForwardAuthStrings.RefusedNext),
            OutpostPageKind.HostDenied =>
                (Texts.Format(ForwardAuthStrings.DeniedTitle, page.Host ?? name), ForwardAuthStrings.HostDeniedSentence, ForwardAuthStrings.DeniedNext),
            OutpostPageKind.CookiesBlocked => (ForwardAuthStrings.CookiesTitle, ForwardAuthStrings.CookiesSentence, ForwardAuthStrings.CookiesNext),
            OutpostPageKind.LoginGoesRound => (ForwardAuthStrings.RoundTitle, ForwardAuthStrings.RoundSentence, ForwardAuthStrings.RoundNext),
            OutpostPageKind.CredentialsRefused => (ForwardAuthStrings.CredentialsTitle, ForwardAuthStrings.CredentialsSentence, ForwardAuthStrings.CredentialsNext),
            OutpostPageKind.ApplicationAway =>
                (Texts.Format(ForwardAuthStrings.ApplicationAwayTitle, name), ForwardAuthStrings.ApplicationAwaySentence, ForwardAuthStrings.ApplicationAwayNext),
            OutpostPageKind.ApplicationSilent =>
                (Texts.Format(ForwardAuthStrings.ApplicationSilentTitle, name), ForwardAuthStrings.ApplicationSilentSentence, ForwardAuthStrings.ApplicationAwayNext),
            OutpostPageKind.OneMoment => (ForwardAuthStrings.MomentTitle, ForwardAuthStrings.MomentSentence, ForwardAuthStrings.MomentNext),
            OutpostPageKind.Unavailable => (ForwardAuthStrings.AwayTitle, ForwardAuthStrings.AwaySentence, ForwardAuthStrings.AwayNext),
            _ => (ForwardAuthStrings.InvalidTitle, ForwardAuthStrings.InvalidSentence, ForwardAuthStrings.InvalidNext),
        };
        return new(page.Status, title, sentence, next, context.Reference())
        {
            Action = page.RetryUrl is { } url ? new(page.Kind == OutpostPageKind.OneMoment ? ForwardAuthStrings.GoOn : ForwardAuthStrings.TryAgain, url) : null,
            Facts = Facts(page),
        };
    }

    private static string Title(OutpostPage page) => page.Report is { Finding: OutpostFinding.UnknownHost or OutpostFinding.ProviderInNoOutpost or OutpostFinding.PortMissing }
        ? ForwardAuthStrings.MisconfiguredTitle
        : page.Report is { } report ? Reporting.FindingTexts.Title(report.Finding) : ForwardAuthStrings.MisconfiguredTitle;

    private static List<(string Term, string Value)> Facts(OutpostPage page)
    {
        var facts = new List<(string, string)>();
        if (page.Report is { } report)
        {
            facts.Add((ForwardAuthStrings.FactCame, report.Came));
            facts.Add((ForwardAuthStrings.FactExpected, report.Expected));
            facts.Add((ForwardAuthStrings.FactChange, report.Change));
        }
        if (page.Error is { } error) facts.Add((ForwardAuthStrings.FactError, error));
        return facts;
    }
}
