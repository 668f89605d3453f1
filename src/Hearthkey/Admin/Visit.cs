using Hearthkey.Audit;
using Hearthkey.Resources;

namespace Hearthkey.Admin;

/// <summary>One request of an admin page: who asks, and what their form holds.</summary>
/// <param name="Caller">An admin, by the session of this browser.</param>
/// <param name="Form">The fields that were sent, proved to come from a page of ours; null for a GET.</param>
public sealed record Visit(HttpContext Http, Caller Caller, IFormCollection? Form)
{
    public CancellationToken Ct => Http.RequestAborted;

    public Actor Actor => Caller.Actor(Http);

    /// <summary>The <c>{key}</c> of the path.</summary>
    public string Key => Http.Key();

    /// <summary>The button that sent the form.</summary>
    public string Op => Form?["op"].ToString() ?? "";

    public T Get<T>() where T : notnull => Http.RequestServices.GetRequiredService<T>();
}
