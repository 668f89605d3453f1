namespace Hearthkey.Flows;

/// <summary>What a person is on the way to, for "Continue to Grafana".</summary>
/// <param name="LaunchUrl">Where the application is opened; blank where unknown.</param>
public sealed record Purpose(string ApplicationName, string LaunchUrl);

/// <summary>Registered by the areas that know applications: what the address that a flow leads to is for, or null.</summary>
public sealed record PurposeSource(Func<HttpContext, string, Purpose?> Find);
