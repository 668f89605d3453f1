namespace Hearthkey.Flows;

/// <summary>
/// Registered by the areas that know applications: where a browser gets that follows this address of ours, as sources of <c>form-action</c>
/// (CSP Level 3 §6.4.1). Chromium holds every redirect after a form against them, also those from app to app.
/// </summary>
public sealed record FormTargetSource(Func<HttpContext, string, IEnumerable<string>> Find);
