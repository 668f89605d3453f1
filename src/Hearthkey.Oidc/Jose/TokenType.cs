namespace Hearthkey.Oidc.Jose;

/// <summary>The values of <c>typ</c>: they keep one kind of token from being taken for another (RFC 8725 §3.11).</summary>
internal static class TokenType
{
    public const string Identity = "JWT";

    /// <summary>RFC 9068 §2.1.</summary>
    public const string Access = "at+jwt";

    /// <summary>Ours: says who sent a request to an application behind a proxy, and is no token for anything.</summary>
    public const string Statement = "hearthkey-identity+jwt";
}
