namespace Hearthkey.Outpost;

/// <summary>What holds for one host of a provider at domain level, or for all hosts below a name, beside what holds for the provider.</summary>
/// <param name="Host">A host name, or <c>*.</c> and the name that they are below; no port: a rule holds for every one.</param>
/// <param name="IsOpen">Everybody passes without a login.</param>
/// <param name="SkipPaths">Paths that need no login here, matched without scheme and host.</param>
public sealed record HostRule(string Host, bool IsOpen, SkipRules SkipPaths)
{
    private const string Below = "*.";

    /// <summary>In the one spelling in which hosts are compared: lower case, ASCII, no trailing dot.</summary>
    public string Host { get; } = Canonical(Host);

    /// <summary>As it stands in <see cref="Identity.ShutHosts"/>.</summary>
    internal string Mark { get; } = Identity.ListHosts([Canonical(Host)]);

    /// <summary>The name that the hosts are below; null where one host is meant.</summary>
    internal string? Parent => Host.StartsWith(Below, StringComparison.Ordinal) ? Host[Below.Length..] : null;

    private static string Canonical(string host)
    {
        var prefix = host.StartsWith(Below, StringComparison.Ordinal) ? Below : "";
        return HostText.TryCanonical(host.AsSpan(prefix.Length), out var name) ? prefix + name : host;
    }
}
