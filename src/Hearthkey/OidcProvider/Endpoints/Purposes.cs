using Hearthkey.Applications;
using Hearthkey.Flows;
using Hearthkey.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>Names the application that a sign-in leads to.</summary>
internal static class Purposes
{
    private const string LaunchPath = "/application/launch/";

    public static Purpose? Find(HttpContext context, string next)
    {
        var snapshot = context.RequestServices.GetRequiredService<Snapshots>().Current;
        var question = next.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? next : next[..question];
        Application? application = null;
        if (path == Authorize.Path && question > 0)
        {
            var clientId = QueryHelpers.ParseQuery(next[question..])["client_id"];
            if (clientId is [{ } id]) application = snapshot.Get<ProvidersPart>().Find(id)?.Application;
        }
        else if (path.StartsWith(LaunchPath, StringComparison.Ordinal))
        {
            application = snapshot.Get<ApplicationsPart>().BySlug(path[LaunchPath.Length..].TrimEnd('/'));
        }
        return application is null ? null : new(application.Name, context.RequestServices.GetRequiredService<LaunchUrls>().Of(snapshot, application, null) ?? "");
    }
}
