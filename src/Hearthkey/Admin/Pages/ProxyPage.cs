using Hearthkey.Admin.Objects;
using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Ui;
using Microsoft.AspNetCore.Html;

namespace Hearthkey.Admin.Pages;

/// <summary>The page of one proxy provider: the text for the reverse proxy, the line that waits for its first request, what is wired badly.</summary>
public sealed class ProxyPage(
    ProxyProviders providers, ProxyHosts hosts, PolicyBindings bindings, Findings findings, SelfProbes probes, Settings settings)
{
    private const string Path = ProxyPages.KindPath + "{key}/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(Path, ShowAsync);
        routes.Get(Path + "live/", LiveAsync);
        routes.Post(Path + "probe/", ProbeAsync);
    }

    private async Task<IResult> ShowAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } value) return visit.Http.NotFoundPage();
        var href = $"{ProxyPages.KindPath}{value.Pk}/";
        var found = await findings.ForAsync(value.Pk, visit.Ct);
        var outside = ProbeSection.Show(visit, await probes.OfAsync(value.Pk, visit.Ct), !value.SkipSelfProbe, href);
        var own = await HostSection.ShowAsync(visit, value, hosts, bindings);
        return new ObjectContent(new Shell(value.Name, AdminPaths.Providers, new Crumb(AdminStrings.Providers, AdminPaths.Providers)), AdminStrings.ProxyProvider)
        {
            Actions = $"{Pieces.LinkButton(href + "edit/", Strings.Edit, Icon.Pencil)}{Deleting<ProxyProvider>.Button(href + "delete/")}",
            Body = $"""<div class="sections">{Facts(value)}{own}{(IsProxied(value) ? Way(visit, value, href) : Texts(visit, value, href))}{outside}{FindingList.Show(found, visit.Http.Ui().Now)}{(IsProxied(value) ? null : ShortText(value))}</div>""",
        }.Answer(visit.Http);
    }

    private async Task<IResult> LiveAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } value) return visit.Http.NotFoundPage();
        var href = $"{ProxyPages.KindPath}{value.Pk}/";
        return visit.Http.Ui().Wants(LiveLine.Id)
            ? visit.Http.Page(Slices.Fragment.Create(LiveLine.Show(findings.LiveCheck(value.Pk), href + "live/", visit.Http.Ui().Now, IsProxied(value))))
            : visit.Http.SeeOther(href + "#" + LiveLine.Id);
    }

    private async Task<IResult> ProbeAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } value) return visit.Http.NotFoundPage();
        await probes.AskAsync(value.Pk, visit.Ct);
        return visit.Http.SeeOther($"{ProxyPages.KindPath}{value.Pk}/#{ProbeSection.Id}");
    }

    private async Task<ProxyProvider?> FindAsync(Visit visit) => (await providers.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value;

    private static Html Facts(ProxyProvider value) => Pieces.Section(AdminStrings.General, AdminStrings.ProviderApplicationHelp, _ => (Html)$"""
        {ProviderFields.Application(value.Pk, value.AssignedApplicationSlug, value.AssignedApplicationName)}{Pieces.DefinitionList(Rows(value))}
        """);

    private static IEnumerable<(string, IHtmlContent)> Rows(ProxyProvider value)
    {
        yield return (AdminStrings.Mode, Pieces.Text(ProxyPages.ModeName(value.Mode)));
        yield return (AdminStrings.ExternalHost, Pieces.Code(value.ExternalHost));
        if (IsProxied(value)) yield return (AdminStrings.InternalHost, Pieces.Code(value.InternalHost ?? ""));
        if (value.Mode == ProxyProviders.Domain) yield return (AdminStrings.CookieDomain, Pieces.Code(value.CookieDomain));
        if (value.SkipPathRegex.Length > 0) yield return (AdminStrings.UnauthenticatedPaths, Pieces.Code(value.SkipPathRegex.ReplaceLineEndings(" · ")));
        yield return (AdminStrings.Outposts, value.OutpostSet.Count > 0
            ? Pieces.Link(AdminPaths.Outposts, string.Join(", ", value.OutpostSet))
            : (Html)$"{Feedback.Badge(AdminStrings.NoOutpost, Tone.Warning)} {Pieces.Link(AdminPaths.Outposts, AdminStrings.ChooseOutpost)}");
    }

    private static bool IsProxied(ProxyProvider value) => value.Mode == ProxyProviders.Proxying;

    private Html Way(Visit visit, ProxyProvider value, string href) => Pieces.Section(AdminStrings.ProxyWay, AdminStrings.ProxyWayHelp, _ => (Html)$"""
        <ul><li>{Ui.Texts.Format(AdminStrings.ProxyWayName, value.ExternalHost)}</li><li>{Ui.Texts.Format(AdminStrings.ProxyWayClosed, value.InternalHost ?? "")}</li></ul>
        {LiveLine.Show(findings.LiveCheck(value.Pk), href + "live/", visit.Http.Ui().Now, isProxied: true)}
        """);

    private Html Texts(Visit visit, ProxyProvider value, string href) => Pieces.Section(AdminStrings.ProxyText, AdminStrings.ProxyTextHelp, _ => (Html)$"""
        {Chosen(visit, value, href)}{LiveLine.Show(findings.LiveCheck(value.Pk), href + "live/", visit.Http.Ui().Now)}
        """);

    private Html Chosen(Visit visit, ProxyProvider value, string href)
    {
        var texts = ProxyTexts.All(value, ProxyTexts.ServerUrl(settings)).ToLookup(text => text.Proxy);
        var asked = visit.Http.Request.Query["proxy"].ToString();
        var proxy = texts.Contains(asked) ? asked : texts.First().Key;
        return $"""
            <div id="proxy">{Pieces.Tabs(AdminStrings.ProxyText, Tab(proxy), texts.Select(group => (Tab(group.Key), group.Key)))}</div>
            {Pieces.Each(texts[proxy], Text)}
            """;

        string Tab(string name) => $"{href}?proxy={Uri.EscapeDataString(name)}#proxy";
    }

    private static Html Text(ProxyText text) => $"""
        {Copying.CodeBlock(text.Key, text.Title, text.Text)}{(text.Companion is { } file ? Copying.CodeBlock(text.Key + "-file", file.Name, file.Text) : null)}
        """;

    private Html ShortText(ProxyProvider value) => Pieces.Section(AdminStrings.ShortText, AdminStrings.ShortTextHelp, _ => (Html)$"""
        {Feedback.Alert(ProxyTexts.ShortNote, Tone.Warning)}{Copying.CodeBlock("nginx-short", AdminStrings.ShortText, ProxyTexts.NginxShort(value, ProxyTexts.ServerUrl(settings)))}
        """);
}
