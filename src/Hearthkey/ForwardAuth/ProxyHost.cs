using Hearthkey.Policies;

namespace Hearthkey.ForwardAuth;

/// <summary>Rules of its own for one host of a proxy provider at domain level, or for all hosts below a name, in wire shape. Ours: authentik has none.</summary>
public sealed record ProxyHost
{
    public Guid Pk { get; init; }

    /// <summary>What bindings name that say who may open it; the same as <see cref="Pk"/>.</summary>
    public Guid PbmUuid => Pk;

    /// <summary>Key of the proxy provider, which must be at domain level.</summary>
    public long Provider { get; init; }

    /// <summary>A host within the provider's cookie domain, or <c>*.</c> and a name for all hosts below that; lower case, ASCII, without a port: it counts at every one.</summary>
    public string Host { get; init; } = "";

    /// <summary>Everybody passes without a login. Default false.</summary>
    public bool Open { get; init; }

    /// <summary>Paths of this host that need no login, beside those of the provider: one regular expression a line, matched against the path alone.</summary>
    public string SkipPathRegex { get; init; } = "";

    /// <summary>How several bindings count together: <c>any</c>, the default, or <c>all</c>.</summary>
    public string PolicyEngineMode { get; init; } = Bindings.AnyMode;
}
