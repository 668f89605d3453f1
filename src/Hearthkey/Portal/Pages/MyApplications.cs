using Hearthkey.Applications;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Sessions;
using Hearthkey.Ui;

namespace Hearthkey.Portal.Pages;

/// <summary>The tiles: what the person who is signed in may open, by group.</summary>
internal sealed class MyApplications(ApplicationList applications)
{
    public const string PartId = "tiles";

    public async Task<IResult> ShowAsync(HttpContext c)
    {
        if (await Visitor.FindAsync(c) is not var (_, account)) return c.SeeOther(FlowUrls.Login(c, c.Request.Path + c.Request.QueryString));
        c.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy + "; form-action 'self'";
        c.AllowApplicationIcons();
        var search = c.Request.Query["search"].ToString().Trim();
        var all = applications.Openable(account).Where(a => !a.MetaHide && a.LaunchUrl is not null).ToList();
        var found = all.Where(a => Matches(a, search));
        var shelves = found.GroupBy(a => a.Group).OrderBy(g => g.Key.Length == 0).ThenBy(g => g.Key, StringComparer.CurrentCultureIgnoreCase)
            .Select(g => new Shelf(g.Key, [.. g.OrderBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase).Select(Tile)]));
        var content = new PortalContent(
            account.Name.Length == 0 ? account.Username : account.Name, search, [.. shelves], all.Count, account.IsSuperuser);
        return c.Page(content, PartId, Slices.PortalPage.Create, Slices.PortalTiles.Create);
    }

    private static bool Matches(Application application, string search) => search
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => $"{application.Name} {application.Group} {application.MetaDescription} {application.MetaPublisher}".Contains(word, StringComparison.CurrentCultureIgnoreCase));

    private static Tile Tile(Application a) => new(
        $"/application/launch/{a.Slug}/", a.Name, a.MetaDescription.Length > 0 ? a.MetaDescription : null, a.MetaIconUrl, a.OpenInNewTab);
}
