using Hearthkey.Applications;
using Hearthkey.Hosting;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Oidc.Logout;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>
/// Where signing in or out for an app leads in the end (DESIGN 6.6): the validated redirect address, and what else is known of the app, because
/// many lead on to another address of theirs before they show a page.
/// </summary>
internal static class FormTargets
{
    private const string LogoutPath = "/end-session/";

    public static IEnumerable<string> Find(HttpContext context, string next)
    {
        var services = context.RequestServices;
        var engine = services.GetRequiredService<Engines>().Of(context);
        var snapshot = engine.Snapshot;
        var (path, query) = Purposes.Parts(next);
        if (path == Authorize.Path)
        {
            return engine.Authorize.Validate(query) is AuthorizeOutcome.Valid { Request: var request }
                && engine.Providers.Find(request.Client.ClientId) is { } client
                ? Sources([request.RedirectUri]).Concat(OfClient(services, snapshot, client))
                : [];
        }
        if (Purposes.Launched(snapshot, path) is { } application)
        {
            return application.Provider is { } pk && engine.Providers.Find(pk) is { } client
                ? OfClient(services, snapshot, client)
                : Sources([services.GetRequiredService<LaunchUrls>().Of(snapshot, application, null)]);
        }
        return path.StartsWith(Purposes.Root, StringComparison.Ordinal) && path.EndsWith(LogoutPath, StringComparison.Ordinal)
            && engine.Providers.BySlug(path[Purposes.Root.Length..^LogoutPath.Length]) is { } leaving
            && EndSessionEndpoint.Validate(leaving.At(engine.Origin), query) is EndSessionOutcome.Valid { Request.Location: { } location }
            ? Sources([location])
            : [];
    }

    private static IEnumerable<string> OfClient(IServiceProvider services, Snapshot snapshot, RegisteredClient client)
    {
        var launch = client.Application is { } application ? services.GetRequiredService<LaunchUrls>().Of(snapshot, application, null) : null;
        var registered = client.Provider.Client.RedirectUris.Where(u => u.Mode == MatchingMode.Strict).Select(u => u.Url);
        return Sources([launch, .. registered]).Concat(client.Provider.FurtherHosts);
    }

    // an address of IPv6 cannot be written as a source, nor the host of an app's own scheme
    private static IEnumerable<string> Sources(IEnumerable<string?> urls) => urls
        .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null).OfType<Uri>()
        .Select(uri => uri.Scheme is "http" or "https" && uri.HostNameType != UriHostNameType.IPv6 ? Origin.Of(uri).ToString() : uri.Scheme + ":");
}
