namespace Hearthkey.ForwardAuth;

/// <summary>The line under a provider's text for the proxy: waits for the first request, turns green, or says what came instead.</summary>
/// <param name="At">When the last good check arrived, or the problem was seen; null while waiting.</param>
/// <param name="Finding">What came instead. While waiting it may be about a host that no provider has, a hint that the host is misspelt.</param>
public sealed record LiveCheck(LiveCheckState State, DateTimeOffset? At = null, Finding? Finding = null)
{
    /// <summary>The proxy whose check arrived, by the name people know; blank where there is none.</summary>
    public string Proxy { get; init; } = "";
}

/// <summary>What is known of a provider's wiring.</summary>
public enum LiveCheckState
{
    /// <summary>No check has arrived since the server was started or the host was changed.</summary>
    Waiting,

    /// <summary>The last check was understood.</summary>
    Green,

    /// <summary>Something wrong came, or the provider cannot be served at all.</summary>
    Problem,
}
