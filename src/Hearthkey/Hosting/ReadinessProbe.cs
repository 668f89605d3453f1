namespace Hearthkey.Hosting;

/// <summary>Something that must be well before a load balancer sends requests here.</summary>
public sealed record ReadinessProbe(Func<CancellationToken, ValueTask<bool>> IsReadyAsync);
