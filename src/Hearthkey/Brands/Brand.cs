using System.Text.Json;

namespace Hearthkey.Brands;

/// <summary>How the server looks and which flows it runs under a domain, in wire shape.</summary>
public sealed record Brand
{
    public Guid BrandUuid { get; init; }

    /// <summary>The host that picks it, and the hosts below it: <c>home.example</c> also for <c>auth.home.example</c>.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Used where no domain matches.</summary>
    public bool Default { get; init; }

    public string BrandingTitle { get; init; } = "Hearthkey";

    public string BrandingLogo { get; init; } = "";

    public string BrandingFavicon { get; init; } = "";

    public string BrandingCustomCss { get; init; } = "";

    public string BrandingDefaultFlowBackground { get; init; } = "";

    public string BrandingMapTiles { get; init; } = "";

    public Guid? FlowAuthentication { get; init; }

    public Guid? FlowUserSwitch { get; init; }

    public Guid? FlowInvalidation { get; init; }

    public Guid? FlowRecovery { get; init; }

    public Guid? FlowUnenrollment { get; init; }

    public Guid? FlowUserSettings { get; init; }

    public Guid? FlowDeviceCode { get; init; }

    public Guid? FlowLockdown { get; init; }

    public Guid? FlowRequest { get; init; }

    public Guid? DefaultApplication { get; init; }

    public Guid? WebCertificate { get; init; }

    public IReadOnlyList<Guid> ClientCertificates { get; init; } = [];

    public JsonElement Attributes { get; init; } = BrandsJson.EmptyObject;
}
