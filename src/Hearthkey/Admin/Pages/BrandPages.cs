using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.Brands;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>System → Brands.</summary>
public sealed class BrandPages(Brands.Brands brands, Offers offers) : ObjectPages<Brand>(brands)
{
    protected override string Path => AdminPaths.Brands;

    protected override PageWords Words => new(AdminStrings.Brands, AdminStrings.BrandsSentence, AdminStrings.CreateBrand, AdminStrings.DeleteBrandSentence);

    protected override ObjectList<Brand> List(Visit visit) => new(Path, Title, Sentence, (AdminStrings.Domain, "domain"), b => (Href(b), b.Domain, null, null),
    [
        Column<Brand>.OfText(AdminStrings.BrandTitle, "branding_title", b => b.BrandingTitle),
        new(AdminStrings.IsDefault, "default", b => b.Default ? Feedback.Badge(AdminStrings.IsDefault, Tone.Good) : Pieces.Text(null)),
    ]);

    protected override IReadOnlyList<FormSection> Sections(Visit visit, Brand? value) =>
    [
        new(AdminStrings.General, null,
            new TextField("domain", AdminStrings.Domain) { Help = AdminStrings.DomainHelp, IsRequired = true, IsMono = true },
            new CheckField("default", AdminStrings.IsDefault) { Help = AdminStrings.IsDefaultHelp }),
        new(AdminStrings.Look, AdminStrings.LookHelp,
            new TextField("branding_title", AdminStrings.BrandTitle) { Help = AdminStrings.BrandTitleHelp },
            new TextField("branding_logo", AdminStrings.Logo) { Help = AdminStrings.LogoHelp, IsMono = true },
            new TextField("branding_favicon", AdminStrings.Favicon) { IsMono = true }),
        new(AdminStrings.Flows, AdminStrings.BrandFlowsHelp,
            new SelectField("flow_authentication", AdminStrings.AuthenticationFlow, v => offers.FlowsAsync(v, "authentication"))
                { Blank = AdminStrings.FirstFlow, Help = AdminStrings.BrandAuthenticationHelp },
            new SelectField("flow_invalidation", AdminStrings.InvalidationFlow, v => offers.FlowsAsync(v, "invalidation"))
                { Blank = AdminStrings.FirstFlow, Help = AdminStrings.BrandInvalidationHelp }),
    ];
}
