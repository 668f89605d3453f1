using Hearthkey.Connectors;
using Hearthkey.ForwardAuth;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The proxy hosts of an Nginx Proxy Manager: those to tick, those that are protected, those that cannot be.</summary>
public static class NpmHostForm
{
    public static Html Show(Visit visit, IReadOnlyList<NpmHostRow> rows, ProtectedHosts hosts, string href)
    {
        if (rows.Count == 0) return Tables.EmptyState(AdminStrings.NpmNoHosts, AdminStrings.NpmNoHostsSentence);
        var isAnyFree = rows.Any(IsFree);
        return $"""
            <form class="form" method="post" action="{href}protect/">{Fields.Csrf(visit.Http)}
              <div class="card body"><ul class="findings">{Html.Join(rows, row => Item(row, href))}</ul>
              {(isAnyFree ? Fields.Select("as", AdminStrings.NpmProtectBy, "", Ways(rows, hosts), AdminStrings.NpmProtectByHelp) : null)}
              {(isAnyFree ? Html.Raw("<p>") : null)}{(isAnyFree ? Button() : null)}{(isAnyFree ? Html.Raw("</p>") : null)}</div></form>
            {Html.Join(rows.Where(r => r.IsProtected), row => TakeBackForm(visit, row, href))}
            """;
    }

    private static bool IsFree(NpmHostRow row) => !row.IsProtected && row.Obstacle is null;

    private static Html Button() => $"""<button class="btn primary">{Icon.ShieldLock}{AdminStrings.NpmProtect}</button>""";

    private static Html Item(NpmHostRow row, string href) => $"""
        <li><div class="finding-head">{(IsFree(row) ? Tick(row) : Names(row))}{Html.Join(row.Probes, p => ProbeSection.Badge(p.State))}{(row.IsOutdated ? Feedback.Badge(AdminStrings.NpmOutdated, Tone.Warning) : null)}{(row is { IsProtected: true, Probes.Count: 0 } ? Feedback.Badge(AdminStrings.NpmTextIsIn, Tone.Note) : null)}<span class="soft">{row.Target}</span></div>
          {(row.Obstacle is { } why && !row.IsProtected ? Line(why) : null)}{Html.Join(row.Probes.Where(p => p.Change.Length > 0), p => Line($"{string.Join(" ", p.Came)} {p.Change}"))}
          {(row.IsOutdated ? Line(AdminStrings.NpmOutdatedSentence) : null)}{(row.IsProtected ? Buttons(row) : null)}</li>
        """;

    private static Html Names(NpmHostRow row) => $"<strong>{string.Join(", ", row.Origins)}</strong>";

    private static Html Tick(NpmHostRow row) => $"""
        <div class="check"><input type="checkbox" id="h-{row.Key}" name="host" value="{row.Key}:{row.Seen}"><div><label for="h-{row.Key}">{string.Join(", ", row.Origins)}</label></div></div>
        """;

    private static Html Line(string text) => $"<p>{text}</p>";

    // a form cannot stand in a form: the button names the one below
    private static Html Buttons(NpmHostRow row) => $"""
        <div>{(row.IsOutdated ? Renew(row) : null)} <button class="btn sm" form="back-{row.Key}">{Icon.History}{AdminStrings.NpmTakeBack}</button></div>
        """;

    private static Html Renew(NpmHostRow row) => $"""<button class="btn sm primary" form="renew-{row.Key}">{Icon.Refresh}{AdminStrings.NpmRenew}</button>""";

    private static Html TakeBackForm(Visit visit, NpmHostRow row, string href) => $"""
        <form id="back-{row.Key}" method="post" action="{href}take-back/">{Fields.Csrf(visit.Http)}{Fields.Hidden("id", row.Key)}</form>
        {(row.IsOutdated ? RenewForm(visit, row, href) : null)}
        """;

    private static Html RenewForm(Visit visit, NpmHostRow row, string href) => $"""
        <form id="renew-{row.Key}" method="post" action="{href}renew/">{Fields.Csrf(visit.Http)}{Fields.Hidden("id", row.Key)}{Fields.Hidden("seen", row.Seen)}</form>
        """;

    private static IEnumerable<(string, string)> Ways(IReadOnlyList<NpmHostRow> rows, ProtectedHosts hosts)
    {
        yield return ("", AdminStrings.NpmByItself);
        var domains = hosts.Domains.Where(d => d.IsServed).ToList();
        foreach (var domain in domains)
            yield return (domain.Pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture), Texts.Format(AdminStrings.NpmByDomain, domain.CookieDomain, domain.Name));
        if (hosts.BaseUrl is { } url && ProxyProviders.SuggestCookieDomain(url) is { Length: > 0 } parent && domains.TrueForAll(d => d.CookieDomain != parent)
            && rows.Any(r => r.Origins.Any(o => ProtectedHosts.IsWithin(o, parent))))
            yield return ("domain:" + parent, Texts.Format(AdminStrings.NpmByNewDomain, parent));
    }
}
