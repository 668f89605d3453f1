namespace Hearthkey.System.Endpoints;

/// <summary>A PEM text as the API answers it.</summary>
internal sealed record PemAnswer(string Data);

/// <summary>What a client may know of the server before anybody signs in.</summary>
internal sealed record Config(ErrorReportingConfig ErrorReporting, IReadOnlyList<string> Capabilities, int CacheTimeout, int CacheTimeoutFlows, int CacheTimeoutPolicies);

/// <summary>Errors are never reported anywhere.</summary>
internal sealed record ErrorReportingConfig(bool Enabled, string SentryDsn, string Environment, bool SendPii, double TracesSampleRate);

/// <summary>Which version runs.</summary>
internal sealed record Version(
    string VersionCurrent, string VersionLatest, bool VersionLatestValid, string BuildHash, bool Outdated, bool OutpostOutdated);

/// <summary>The brand of the host by which the request came; flows by slug.</summary>
internal sealed record CurrentBrand
{
    public required string MatchedDomain { get; init; }

    public required string BrandingTitle { get; init; }

    public required string BrandingLogo { get; init; }

    [global::System.Text.Json.Serialization.JsonIgnore(Condition = global::System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public ThemedUrls? BrandingLogoThemedUrls { get; init; }

    public required string BrandingFavicon { get; init; }

    [global::System.Text.Json.Serialization.JsonIgnore(Condition = global::System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public ThemedUrls? BrandingFaviconThemedUrls { get; init; }

    public string BrandingCustomCss { get; init; } = "";

    public string BrandingMapTiles { get; init; } = "";

    public IReadOnlyList<FooterLink> UiFooterLinks { get; init; } = [];

    public string UiTheme { get; init; } = "automatic";

    public string? FlowAuthentication { get; init; }

    public string? FlowInvalidation { get; init; }

    public string DefaultLocale { get; init; } = "";

    public CurrentBrandFlags Flags { get; init; } = new(false, false);
}

/// <summary>An image in both colour schemes.</summary>
internal sealed record ThemedUrls(string? Light, string? Dark);

/// <summary>A link at the foot of a page.</summary>
internal sealed record FooterLink(string? Href, string Name);

/// <summary>Switches of the flow pages.</summary>
internal sealed record CurrentBrandFlags(bool FlowsContinuousLogin, bool FlowsRefreshOthers);
