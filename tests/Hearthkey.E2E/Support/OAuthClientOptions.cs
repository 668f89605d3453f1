namespace Hearthkey.E2E.Support;

/// <summary>What an <see cref="OAuthClient"/> is told, as an app's environment would tell it.</summary>
public sealed record OAuthClientOptions
{
    public required Uri AuthorizeUrl { get; init; }

    public required Uri TokenUrl { get; init; }

    public required Uri UserInfoUrl { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null for a public client.</summary>
    public string? ClientSecret { get; init; }

    public string Scope { get; init; } = "openid profile email";

    /// <summary>client_secret_basic, client_secret_post or none.</summary>
    public string AuthMethod { get; init; } = "client_secret_basic";

    public bool Pkce { get; init; }

    /// <summary>Where browsers reach the client; by default its own port on 127.0.0.1.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Path of the callback, sent exactly like this.</summary>
    public string CallbackPath { get; init; } = "/login/generic_oauth";

    /// <summary>Further parameters of the authorization request, such as <c>prompt</c>.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();
}
