using System.Globalization;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Objects;
using Hearthkey.Applications;
using Hearthkey.ForwardAuth;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Applications → Outposts: what serves proxy providers. There is the embedded one, which is given its applications here.</summary>
public sealed class OutpostPages(OutpostInstances outposts, Providers providers) : ObjectPages<OutpostInstance>(outposts)
{
    protected override string Path => AdminPaths.Outposts;

    protected override PageWords Words => new(AdminStrings.Outposts, AdminStrings.OutpostsSentence, AdminStrings.Create, AdminStrings.OutpostsSentence);

    // the embedded one is part of the server, and standalone ones are not built yet
    protected override bool MayCreate => false;

    protected override bool MayDelete => false;

    protected override ObjectList<OutpostInstance> List(Visit visit) => new(
        Path, Title, Sentence, (AdminStrings.Name, "name"),
        o => (Href(o), o.Name, o.Managed == OutpostInstances.EmbeddedName ? AdminStrings.Embedded : null, null),
        [
            new(AdminStrings.Applications, null, o => o.ProvidersObj.Count == 0
                ? Feedback.Badge(AdminStrings.OutpostIdle, Tone.Warning)
                : Pieces.Text(string.Join(", ", o.ProvidersObj.Select(p => p.AssignedApplicationName ?? p.Name)))),
            new(AdminStrings.State, null, _ => Feedback.Badge(AdminStrings.OutpostRuns, Tone.Good)),
        ]);

    protected override IReadOnlyList<FormSection> Sections(Visit visit, OutpostInstance? value) =>
    [
        new(AdminStrings.General, AdminStrings.OutpostGeneralHelp, new TextField("name", AdminStrings.Name) { IsRequired = true }),
        new(AdminStrings.Applications, AdminStrings.OutpostApplicationsHelp,
            new ManyField("providers", AdminStrings.Applications, ServableAsync) { IsNumber = true }),
    ];

    private async ValueTask<IReadOnlyList<Choice>> ServableAsync(Visit visit) =>
        [.. (await Offers.AllAsync(visit, providers, "name", []))
            .Where(p => p.MetaModelName == ProxyProviders.Kind)
            .Select(p => new Choice(
                p.Pk.ToString(CultureInfo.InvariantCulture),
                p.AssignedApplicationName is { } application ? $"{application} ({p.Name})" : p.Name,
                p.AssignedApplicationName is null ? AdminStrings.NoApplication : null))];
}
