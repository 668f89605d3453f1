namespace Hearthkey.Outpost;

/// <summary>A session in memory with the identity it had under one configuration.</summary>
/// <param name="Session">What the store said.</param>
/// <param name="Identity">Who it speaks for.</param>
/// <param name="ConfigurationVersion">The configuration that the identity was worked out under.</param>
/// <param name="ReadAt">Timestamp taken before the store was asked: an end that came later is never missed.</param>
internal sealed record CachedSession(ProxySession Session, Identity Identity, long ConfigurationVersion, long ReadAt);
