namespace Hearthkey.Oidc.Jose;

/// <summary>The values of <c>typ</c>: they keep one kind of token from being taken for another (RFC 8725 §3.11).</summary>
internal static class TokenType
{
    public const string Identity = "JWT";

    /// <summary>RFC 9068 §2.1.</summary>
    public const string Access = "at+jwt";
}
