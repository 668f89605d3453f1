using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc;

/// <summary>An expected failure as the protocol words it (RFC 6749 §4.1.2.1, §5.2).</summary>
/// <param name="Code">The value of <c>error</c>.</param>
/// <param name="Description">A sentence for the developer of the app; ASCII, goes on the wire as <c>error_description</c>.</param>
public sealed record OAuthError(string Code, string Description)
{
    /// <summary>What only the operator may read; for log and event. Never holds a secret or a token.</summary>
    public string? Detail { get; init; }

    /// <summary>HTTP status where the error is the answer itself. Default 400.</summary>
    public int Status { get; init; } = 400;

    /// <summary>The value of <c>WWW-Authenticate</c>, where one is due.</summary>
    public string? Challenge { get; init; }

    /// <summary>When to come again (RFC 9110 §10.2.3), where too many attempts came before.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it looks like an attack (a code or refresh token shown twice): the server writes an event of its own.</summary>
    public bool IsSuspicious { get; init; }

    /// <summary>The body of an error answer, as UTF-8 JSON.</summary>
    public byte[] ToJson() => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("error", Code);
        writer.WriteString("error_description", Description);
        writer.WriteEndObject();
    });

    internal static OAuthError InvalidRequest(string description) => new("invalid_request", description);

    internal static OAuthError InvalidGrant(string description, string? detail = null) =>
        new("invalid_grant", description) { Detail = detail };
}
