namespace Hearthkey.Ui;

/// <summary>What a page shows of the brand it is served under.</summary>
/// <param name="Title">Product name in headings and window titles; Hearthkey unless the brand says otherwise.</param>
/// <param name="LogoUrl">Address on our own origin (the content security policy admits no other); null shows the mark of Hearthkey.</param>
/// <param name="FaviconUrl">The same for the window's icon.</param>
public sealed record BrandLook(string Title, string? LogoUrl = null, string? FaviconUrl = null)
{
    public static BrandLook Hearthkey { get; } = new("Hearthkey");

    public string Logo => LogoUrl ?? Assets.Url("logo.svg");

    public string Favicon => FaviconUrl ?? Assets.Url("logo.svg");
}
