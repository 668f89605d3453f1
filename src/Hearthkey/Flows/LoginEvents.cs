using System.Text.Json.Nodes;
using Hearthkey.Hosting;

namespace Hearthkey.Flows;

/// <summary>What the events of signing in and out have in common.</summary>
internal static class LoginEvents
{
    /// <summary>authentik's name for the part that tells of sign-ins.</summary>
    public const string App = "authentik.events.signals";

    /// <param name="http">The request.</param>
    /// <param name="isSecret">The path holds a secret and is left out.</param>
    public static JsonObject Request(HttpContext http, bool isSecret = false)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        var request = new JsonObject
        {
            ["path"] = isSecret ? "" : http.Request.Path.ToString(),
            ["method"] = http.Request.Method,
            ["user_agent"] = agent.Length > 300 ? agent[..300] : agent,
        };
        // the event's own address may have been made up by whoever stands in a trusted network
        if (http.Edge().Reporter is { } reporter) request["reported_by"] = reporter;
        return request;
    }
}
