namespace Hearthkey.Oidc;

/// <summary>How a code challenge is made from its verifier (RFC 7636 §4.2).</summary>
public enum CodeChallengeMethod
{
    /// <summary><c>S256</c>: base64url of the verifier's SHA-256.</summary>
    S256,

    /// <summary><c>plain</c>: the verifier itself. Only where <see cref="Client.AllowsPlainPkce"/> says so.</summary>
    Plain,
}
