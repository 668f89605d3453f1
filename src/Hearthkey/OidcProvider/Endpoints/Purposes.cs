using Hearthkey.Applications;
using Hearthkey.Flows;
using Hearthkey.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>Names the application that a sign-in leads to.</summary>
internal static class Purposes
{
    public const string Root = "/application/o/";

    private const string LaunchPath = "/application/launch/";

    public static Purpose? Find(HttpContext context, string next)
    {
        var snapshot = context.RequestServices.GetRequiredService<Snapshots>().Current;
        var (path, query) = Parts(next);
        var application = path == Authorize.Path && query.Where(p => p.Key == "client_id").ToList() is [var sent]
            ? snapshot.Get<ProvidersPart>().Find(sent.Value)?.Application
            : Launched(snapshot, path);
        return application is null ? null : new(application.Name, context.RequestServices.GetRequiredService<LaunchUrls>().Of(snapshot, application, null) ?? "");
    }

    /// <summary>The application that a path of ours opens.</summary>
    public static Application? Launched(Snapshot snapshot, string path) =>
        path.StartsWith(LaunchPath, StringComparison.Ordinal) ? snapshot.Get<ApplicationsPart>().BySlug(path[LaunchPath.Length..].TrimEnd('/')) : null;

    /// <summary>Path and parameters of an address on our own origin.</summary>
    public static (string Path, List<KeyValuePair<string, string>> Query) Parts(string next)
    {
        var question = next.IndexOf('?', StringComparison.Ordinal);
        if (question < 0) return (next, []);
        var query = QueryHelpers.ParseQuery(next[question..]);
        return (next[..question], [.. query.SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value ?? ""))]);
    }
}
