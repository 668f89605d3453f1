using Hearthkey.Admin.Objects;
using Hearthkey.Admin.StepUps;
using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.OidcProvider;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The page of one OAuth2/OpenID provider: what to copy into the application.</summary>
public sealed class OAuth2Page(OAuth2Providers providers, Origins origins, Findings findings)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(OAuth2Pages.KindPath + "{key}/", ShowAsync);
        routes.Get(OAuth2Pages.KindPath + "{key}/secret/", ProveAsync);
        routes.Post(OAuth2Pages.KindPath + "{key}/secret/", ProveAsync);
    }

    private async Task<IResult> ShowAsync(Visit visit)
    {
        if ((await providers.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value is not { } value) return visit.Http.NotFoundPage();
        if (value.ClientType != "public") await providers.ShownAsync(visit.Caller, visit.Actor, [value], visit.Ct);
        var href = $"{OAuth2Pages.KindPath}{value.Pk}/";
        var found = await findings.ForAsync(value.Pk, visit.Ct);
        return new ObjectContent(new Shell(value.Name, AdminPaths.Providers, new Crumb(AdminStrings.Providers, AdminPaths.Providers)), AdminStrings.OAuth2Provider)
        {
            Actions = $"{Pieces.LinkButton(href + "edit/", Strings.Edit, Icon.Pencil)}{Deleting<OAuth2Provider>.Button(href + "delete/")}",
            Body = $"""<div class="sections">{Assigned(value)}{Client(visit, value, href)}{Urls(visit, value)}{Redirects(value)}{FindingList.Show(found, visit.Http.Ui().Now)}</div>""",
        }.Answer(visit.Http);
    }

    /// <summary>Leads back to the page once the password was asked for.</summary>
    private Task<IResult> ProveAsync(Visit visit) => Task.FromResult(PasswordAgain.AskIfDue(visit) ?? visit.Http.SeeOther($"{OAuth2Pages.KindPath}{visit.Key}/#client"));

    private static Html Assigned(OAuth2Provider value) => Pieces.Section(AdminStrings.ModelApplication, AdminStrings.ProviderApplicationHelp,
        _ => ProviderFields.Application(value.Pk, value.AssignedApplicationSlug, value.AssignedApplicationName));

    private static Html Client(Visit visit, OAuth2Provider value, string href) => Pieces.Section(AdminStrings.Client, AdminStrings.ClientHelp, _ => (Html)$"""
        {Pieces.DefinitionList((AdminStrings.ClientType, Pieces.Text(value.ClientType == "public" ? AdminStrings.Public : AdminStrings.Confidential)))}
        {Copying.CopyField("client-id", AdminStrings.ClientId, value.ClientId)}{(value.ClientType == "public" ? null : Secret(visit, value, href))}
        """);

    private static Html Secret(Visit visit, OAuth2Provider value, string href)
    {
        var now = visit.Get<TimeProvider>().GetUtcNow();
        return StepUp.IsDue(visit.Caller, now)
            ? Pieces.DefinitionList((AdminStrings.ClientSecret, Pieces.LinkButton(href + "secret/", AdminStrings.ShowSecret, Icon.Eye)))
            : Copying.Secret("client-secret", AdminStrings.ClientSecret, value.ClientSecret);
    }

    private Html Urls(Visit visit, OAuth2Provider value)
    {
        var urls = new OidcUrls(origins.Base ?? visit.Http.Edge().Origin, value.AssignedApplicationSlug);
        if (value.AssignedApplicationSlug is null)
            return Pieces.Section(AdminStrings.Urls, AdminStrings.UrlsHelp, _ => Feedback.Alert(AdminStrings.NoUrlsYet, Tone.Note));
        return Pieces.Section(AdminStrings.Urls, AdminStrings.UrlsHelp, _ => (Html)$"""
            {Copying.CopyField("url-configuration", AdminStrings.UrlConfiguration, urls.Discovery, AdminStrings.UrlConfigurationHelp)}
            {Copying.CopyField("url-issuer", AdminStrings.UrlIssuer, value.IssuerMode == "global" ? urls.Root : urls.ProviderRoot)}
            {Copying.CopyField("url-authorize", AdminStrings.UrlAuthorize, urls.Authorize)}
            {Copying.CopyField("url-token", AdminStrings.UrlToken, urls.Token)}
            {Copying.CopyField("url-userinfo", AdminStrings.UrlUserInfo, urls.UserInfo)}
            {Copying.CopyField("url-logout", AdminStrings.UrlLogout, urls.EndSession)}
            {Copying.CopyField("url-jwks", AdminStrings.UrlJwks, urls.Jwks)}
            """);
    }

    private static Html Redirects(OAuth2Provider value) => Pieces.Section(AdminStrings.RedirectUris, AdminStrings.RedirectUrisHelp, _ => value.RedirectUris.Count == 0
        ? Feedback.Alert(AdminStrings.NoRedirectUris, Tone.Warning)
        : Pieces.DefinitionList(value.RedirectUris.Select(r => (Kind(r), (Microsoft.AspNetCore.Html.IHtmlContent)Pieces.Code(r.Url)))));

    private static string Kind(RedirectUriEntry entry)
    {
        var mode = entry.MatchingMode == "regex" ? AdminStrings.Regex : AdminStrings.Strict;
        return entry.RedirectUriType == "logout" ? $"{mode}, {AdminStrings.AfterSignOut}" : mode;
    }
}
