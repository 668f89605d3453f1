namespace Hearthkey.Oidc.UserInfo;

/// <summary>Reads the one bearer token of a request, and words what can be wrong with it (RFC 6750 §2, §3.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    public static OAuthError Invalid { get; } = Error("invalid_token", "The access token is invalid, expired or revoked.", 401);

    public static OAuthError InsufficientScope { get; } = Error("insufficient_scope", "The access token lacks the scope openid.", 403);

    public static OAuthError? Read(string? authorization, Parameters form, out string token)
    {
        token = "";
        if (form.IsTooLarge || form.Repeated is not null)
            return Error("invalid_request", "The request is too large or repeats a parameter.", 400);
        if (string.IsNullOrEmpty(authorization))
        {
            token = form["access_token"] ?? "";
            // no token at all: a challenge without an error (RFC 6750 §3)
            return token.Length > 0 ? null : Invalid with { Challenge = "Bearer realm=\"Hearthkey\"" };
        }
        if (form.Has("access_token"))
            return Error("invalid_request", "Send the access token once: in the header or in the form.", 400);
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Error("invalid_request", "The Authorization header is no well-formed Bearer header.", 400);
        token = authorization[Scheme.Length..].Trim(' ');
        return token.Length > 0 ? null : Error("invalid_request", "The Authorization header holds no token.", 400);
    }

    private static OAuthError Error(string code, string description, int status) => new(code, description)
    {
        Status = status,
        Challenge = $"Bearer realm=\"Hearthkey\", error=\"{code}\", error_description=\"{description}\"",
    };
}
