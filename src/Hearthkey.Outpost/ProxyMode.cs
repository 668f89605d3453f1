namespace Hearthkey.Outpost;

/// <summary>How far one provider reaches.</summary>
public enum ProxyMode
{
    /// <summary>One application on one host, which the outpost itself hands requests on to (<c>proxy</c>).</summary>
    Proxy,

    /// <summary>One application on one host (<c>forward_single</c>).</summary>
    ForwardSingle,

    /// <summary>Every host under one cookie domain (<c>forward_domain</c>).</summary>
    ForwardDomain,
}
