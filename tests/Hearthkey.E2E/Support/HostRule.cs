namespace Hearthkey.E2E.Support;

/// <summary>One rule of a <see cref="HostMap"/>: a name or <c>*.name</c>, a public port or all, and the port it leads to or the same.</summary>
public sealed record HostRule(string Host, int? Port, int? To)
{
    public bool Covers(string host, int port) =>
        (Port is null || Port == port)
        && (Host.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(Host[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(Host, StringComparison.OrdinalIgnoreCase));
}
