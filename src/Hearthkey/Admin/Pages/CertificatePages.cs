using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.System;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>System → Certificates: those that were brought along as PEM, and those made here.</summary>
public sealed class CertificatePages(CertificateKeyPairs certificates, TimeProvider time) : ObjectPages<CertificateKeyPair>(certificates)
{
    private static readonly IReadOnlyList<Choice> _algorithms =
        [new("rsa", AdminStrings.AlgRsa, AdminStrings.AlgRsaHelp), new("ecdsa", AdminStrings.AlgEc, AdminStrings.AlgEcHelp)];

    protected override string Path => AdminPaths.Certificates;

    protected override PageWords Words => new(
        AdminStrings.Certificates, AdminStrings.CertificatesSentence, AdminStrings.ImportCertificate, AdminStrings.DeleteCertificateSentence);

    public override void Map(IEndpointRouteBuilder routes)
    {
        base.Map(routes);
        routes.Get(Path + "generate/", async visit => (await GenerateForm(visit).PreparedAsync()).Answer());
        routes.Post(Path + "generate/", GenerateAsync);
    }

    protected override ObjectList<CertificateKeyPair> List(Visit visit) => new(
        Path, Title, Sentence, (AdminStrings.Name, "name"), c => (Href(c), c.Name, c.Managed is null ? null : AdminStrings.CameAlong, null),
        [
            Column<CertificateKeyPair>.OfText(AdminStrings.KeyType, "key_type", c => c.KeyType?.ToUpperInvariant()),
            new(AdminStrings.PrivateKey, null, c => c.PrivateKeyAvailable ? Feedback.Badge(AdminStrings.Yes, Tone.Good) : Feedback.Badge(AdminStrings.No)),
            new(AdminStrings.Expiry, null, c => Expiry(c)),
        ])
    {
        CreateButton = $"{Pieces.LinkButton(Path + "new/", AdminStrings.Import, Icon.Upload)}{Pieces.NewButton(Path + "generate/", AdminStrings.Create)}",
    };

    protected override IReadOnlyList<FormSection> Sections(Visit visit, CertificateKeyPair? value)
    {
        var name = new TextField("name", AdminStrings.Name) { IsRequired = true };
        if (value is not null) return [new(AdminStrings.General, null, name, new NoteField("facts", _ => Facts(value)))];
        return
        [
            new(AdminStrings.General, null, name),
            new(AdminStrings.ModelCertificate, AdminStrings.ImportHelp,
                new AreaField("certificate_data", AdminStrings.ModelCertificate) { IsMono = true, Rows = 8, IsRequired = true, Placeholder = "-----BEGIN CERTIFICATE-----" },
                new AreaField("key_data", AdminStrings.PrivateKey) { IsMono = true, Rows = 8, Placeholder = "-----BEGIN PRIVATE KEY-----", Help = AdminStrings.PrivateKeyHelp }),
        ];
    }

    private Html Facts(CertificateKeyPair value)
    {
        var download = Pieces.LinkButton(value.CertificateDownloadUrl, AdminStrings.DownloadCertificate, Icon.Download);
        return $"""
            {Pieces.DefinitionList(
                (AdminStrings.Subject, Pieces.Text(value.CertSubject)),
                (AdminStrings.KeyType, Pieces.Text(value.KeyType?.ToUpperInvariant())),
                (AdminStrings.PrivateKey, Pieces.Text(value.PrivateKeyAvailable ? AdminStrings.Yes : AdminStrings.No)),
                (AdminStrings.Expiry, Expiry(value)),
                (AdminStrings.Fingerprint, Pieces.Code(value.FingerprintSha256 ?? "–")))}
            <div class="actions start">{download}</div>
            """;
    }

    private Html Expiry(CertificateKeyPair value) => value.CertExpiry < time.GetUtcNow()
        ? Feedback.Badge(AdminStrings.Expired, Tone.Bad)
        : Pieces.Time(value.CertExpiry, time.GetUtcNow());

    private Task<IResult> GenerateAsync(Visit visit) => Submission.TakeAsync(
        GenerateForm(visit), input => certificates.GenerateAsync(visit.Caller, visit.Actor, input, visit.Ct),
        made =>
        {
            visit.Http.Flash(nameof(Strings.WasCreated), made.Name);
            return visit.Http.SeeOther(Href(made));
        });

    private FormContent GenerateForm(Visit visit) => new(
        new Shell(AdminStrings.GenerateCertificate, Path, new Crumb(Title, Path)), null, visit.Http.Request.Path, Path, AdminStrings.Create,
        [
            new(AdminStrings.General, AdminStrings.GenerateHelp,
                new TextField("common_name", AdminStrings.CommonName) { IsRequired = true, Help = AdminStrings.CommonNameHelp },
                new TextField("subject_alt_name", AdminStrings.AlternativeNames) { IsMono = true, Help = AdminStrings.AlternativeNamesHelp },
                new TextField("validity_days", AdminStrings.ValidityDays) { Type = "number", IsNumber = true, IsRequired = true },
                new RadioField("alg", AdminStrings.KeyType, _algorithms)),
        ],
        new FormView(visit, new JsonObject { ["validity_days"] = 365, ["alg"] = "rsa" }, new()));
}
