namespace Hearthkey.E2E.Guide;

/// <summary>How people reach the house.</summary>
public enum Wiring
{
    /// <summary>Plain http on a port that is not the usual one.</summary>
    Http,

    /// <summary>nginx ends TLS on the usual port.</summary>
    Https,

    /// <summary>A second edge ends TLS and speaks plain http to nginx, as a tunnel does.</summary>
    Tunnel,
}

/// <summary>A test runs in each of them.</summary>
public sealed class EveryWiring : TheoryData<Wiring>
{
    public EveryWiring() => AddRange(Enum.GetValues<Wiring>());
}
