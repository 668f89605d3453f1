using System.Globalization;
using Hearthkey.ForwardAuth;
using Hearthkey.Policies;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The hosts of a provider at domain level that have rules of their own: a section of its page.</summary>
public static class HostSection
{
    private const string Id = "hosts";

    /// <summary>The section on the page of a provider.</summary>
    public static string Href(long provider) => string.Create(CultureInfo.InvariantCulture, $"{ProxyPages.KindPath}{provider}/#{Id}");

    public static async ValueTask<Html?> ShowAsync(Visit visit, ProxyProvider provider, ProxyHosts hosts, PolicyBindings bindings)
    {
        if (provider.Mode != ProxyProviders.Domain) return null;
        var all = await Offers.AllAsync(visit, hosts, "host", [new("provider", provider.Pk.ToString(CultureInfo.InvariantCulture))]);
        var bound = (await BindingRows.OfAsync(visit, bindings, [.. all.Select(host => host.PbmUuid)])).ToLookup(binding => binding.Target);
        return $"""
            <section class="section" id="{Id}"><div class="section-head"><h2>{AdminStrings.HostsWithRules}</h2><p>{AdminStrings.HostsWithRulesHelp}</p></div>
              <div class="card list">{(all.Count == 0 ? Nothing() : Table(all, bound))}
                <div class="card-foot">{Pieces.LinkButton(ProxyHostPages.NewHref(provider.Pk), AdminStrings.AddHost, Icon.Plus)}</div></div></section>
            """;
    }

    public static Html OpenBadge(ProxyHost host) => host.Open ? Feedback.Badge(AdminStrings.Yes, Tone.Warning) : Feedback.Badge(AdminStrings.No);

    private static Html Nothing() => $"""<p class="quiet">{AdminStrings.NoHosts}</p>""";

    private static Html Table(IReadOnlyList<ProxyHost> hosts, ILookup<Guid, PolicyBinding> bound) => $"""
        <div class="scroll" tabindex="0" role="region" aria-label="{AdminStrings.HostsWithRules}"><table>
          <thead><tr>{Tables.Header(AdminStrings.ModelHost)}{Tables.Header(AdminStrings.WhoMayOpen)}{Tables.Header(AdminStrings.HostOpen)}{Tables.ActionsHeader()}</tr></thead>
          <tbody>{Html.Join(hosts, host => Row(host, [.. bound[host.PbmUuid]]))}</tbody></table></div>
        """;

    private static Html Row(ProxyHost host, IReadOnlyList<PolicyBinding> bound)
    {
        var thing = BoundThing.Of(host);
        return $"""
            <tr>{Tables.NameCell(thing.Href, host.Host)}{Tables.Cell(AdminStrings.WhoMayOpen, BindingRows.Who(bound, AdminStrings.HostEveryone))}{Tables.Cell(AdminStrings.HostOpen, OpenBadge(host))}{Tables.ActionsCell(Tables.EditButton(thing.Href + "edit/", host.Host), Tables.DeleteButton(thing.Href + "delete/", host.Host))}</tr>
            """;
    }
}
