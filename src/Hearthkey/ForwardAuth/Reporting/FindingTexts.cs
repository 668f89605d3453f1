using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>The catalog's words for what an outpost notices.</summary>
internal static class FindingTexts
{
    public static FindingSeverity SeverityOf(int status) => status >= StatusCodes.Status400BadRequest ? FindingSeverity.Problem : FindingSeverity.Warning;

    public static string Title(OutpostFinding finding) => finding switch
    {
        OutpostFinding.CheckArrived => ForwardAuthStrings.CheckArrived,
        OutpostFinding.UrlMissing => ForwardAuthStrings.UrlMissing,
        OutpostFinding.UrlMalformed => ForwardAuthStrings.UrlMalformed,
        OutpostFinding.UntrustedPeer => ForwardAuthStrings.UntrustedPeer,
        OutpostFinding.HostsDisagree => ForwardAuthStrings.HostsDisagree,
        OutpostFinding.UnknownHost => ForwardAuthStrings.UnknownHost,
        OutpostFinding.PortMissing => ForwardAuthStrings.PortMissing,
        OutpostFinding.ProviderInNoOutpost => ForwardAuthStrings.NotServed,
        OutpostFinding.ReturnAddressRefused => ForwardAuthStrings.ReturnAddressRefused,
        OutpostFinding.ReturnAddressRelative => ForwardAuthStrings.ReturnAddressRelative,
        OutpostFinding.LoginHostProtected => ForwardAuthStrings.LoginHostProtected,
        OutpostFinding.DomainCookie => ForwardAuthStrings.DomainCookie,
        OutpostFinding.HeadersTooLarge => ForwardAuthStrings.HeadersTooLarge,
        OutpostFinding.CookieLost => ForwardAuthStrings.CookieLost,
        OutpostFinding.LoginGoesRound => ForwardAuthStrings.LoginGoesRound,
        OutpostFinding.MethodMissing => ForwardAuthStrings.MethodMissing,
        OutpostFinding.CodeRefused => ForwardAuthStrings.CodeRefused,
        OutpostFinding.UpstreamAway => ForwardAuthStrings.UpstreamAway,
        OutpostFinding.UpstreamSilent => ForwardAuthStrings.UpstreamSilent,
        OutpostFinding.UpstreamCertificate => ForwardAuthStrings.UpstreamCertificate,
        OutpostFinding.UpstreamLoop => ForwardAuthStrings.UpstreamLoop,
        _ => finding.ToString(),
    };

    /// <summary>Why a provider is not served, as long as that is so.</summary>
    public static Finding NotServed(string came, string change) =>
        new(FindingSeverity.Problem, ForwardAuthStrings.NotServed, came, "", change, null) { Kind = OutpostFinding.ProviderInNoOutpost };
}
