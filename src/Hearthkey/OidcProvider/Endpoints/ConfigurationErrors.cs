using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>Tells of requests that show a wrong configuration: a page in plain words for the person, an event for the operator.</summary>
internal sealed class ConfigurationErrors(IStore store, AuditLog audit, Snapshots snapshots)
{
    /// <summary>Longest text from a request that goes into an event.</summary>
    private const int Longest = 2000;

    /// <summary>Stands before the first character that differs.</summary>
    private const string Mark = "▸";

    /// <summary>The page for an error that must not be redirected, 400. The event says what was sent beside what is registered.</summary>
    public async Task<IResult> PageAsync(HttpContext context, PageError error)
    {
        var what = new JsonObject { ["message"] = error.Detail ?? error.Description, ["reference"] = context.Reference() };
        if (error.Client is { } client) what["provider"] = client.Name;
        if (error.SentClientId is { } id) what["client_id"] = Short(id);
        if (error.SentRedirectUri is { } sent) what["redirect_uri"] = Short(sent);
        if (error.Registered.Count > 0) what["registered"] = new JsonArray([.. error.Registered.Select(d => Compared(d, error.SentRedirectUri))]);
        await RecordAsync(context, EventActions.ConfigurationError, error.Client, error.Problem.ToString(), what);
        var title = error.Problem switch
        {
            PageProblem.Client => OidcStrings.ClientTitle,
            PageProblem.RedirectUri => Texts.Format(OidcStrings.RedirectUriTitle, error.Client?.Name ?? OidcStrings.ThisApp),
            _ => OidcStrings.RequestTitle,
        };
        return context.ErrorPage(StatusCodes.Status400BadRequest, title, error.Description, OidcStrings.ErrorNext);
    }

    /// <summary>The event for an answer that an app got instead of tokens, where an operator can do something about it.</summary>
    /// <param name="who">The person that it happened to; null for the app itself.</param>
    public async Task RecordAsync(HttpContext context, Client? client, OAuthError error, Actor? who = null)
    {
        // what was refused unseen, because wrong secrets came before, has had its events
        if (client is null || error.RetryAfter is not null || (!error.IsSuspicious && error.Code is not ("invalid_client" or "unauthorized_client" or "server_error") && error.Detail is null)) return;
        var what = new JsonObject
        {
            ["message"] = Short(error.Detail ?? error.Description),
            ["error"] = error.Code,
            ["provider"] = client.Name,
            ["client_id"] = client.ClientId,
            ["reference"] = context.Reference(),
        };
        var detail = who is null ? error.Code : $"{error.Code}/{who.Pk}";
        await RecordAsync(context, error.IsSuspicious ? EventActions.SuspiciousRequest : EventActions.ConfigurationError, client, detail, what, who);
    }

    private Task RecordAsync(HttpContext context, string action, Client? client, string detail, JsonObject what, Actor? who = null)
    {
        // a client id that is nobody's is only what a request says: it makes no row of its own
        var subject = client is not null && snapshots.Current.Get<ProvidersPart>().Find(client.ClientId) is { } known ? ProvidersPart.Subject(known.Fields.Pk) : null;
        var actor = who ?? Actor.Unknown(context);
        return store.WriteAsync(async db =>
        {
            await audit.AppendCoalescedAsync(db, action, "authentik.providers.oauth2", actor, subject, what, detail);
            return true;
        }, context.RequestAborted);
    }

    private static JsonObject Compared(RedirectUriDifference difference, string? sent)
    {
        var entry = new JsonObject
        {
            ["url"] = difference.Registered.Url,
            ["matching_mode"] = difference.Registered.Mode == MatchingMode.Regex ? "regex" : "strict",
        };
        if (difference.FirstDifference is not { } at || sent is null) return entry;
        entry["first_difference"] = at;
        entry["registered_marked"] = difference.Registered.Url.Insert(at, Mark);
        entry["sent_marked"] = Short(sent.Insert(at, Mark));
        return entry;
    }

    private static string Short(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
