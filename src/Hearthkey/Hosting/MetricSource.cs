namespace Hearthkey.Hosting;

/// <summary>An area's part of <c>/metrics</c>; asked at each scrape. It must be quick, wait for nothing and tell no secret.</summary>
public sealed record MetricSource(Action<MetricText> Write);
