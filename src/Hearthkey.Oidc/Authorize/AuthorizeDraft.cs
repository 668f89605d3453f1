namespace Hearthkey.Oidc.Authorize;

/// <summary>A request while its checks run: what was sent, and what they made of it so far.</summary>
internal sealed class AuthorizeDraft(Parameters sent, Client client, string redirectUri)
{
    public Parameters Sent { get; } = sent;

    public Client Client { get; } = client;

    public string RedirectUri { get; } = redirectUri;

    public ResponseMode ResponseMode { get; set; }

    public IReadOnlyList<string> Scopes { get; set; } = [];

    public CodeChallengeMethod CodeChallengeMethod { get; set; }

    public Prompts Prompts { get; set; }

    public TimeSpan? MaxAge { get; set; }

    public string? HintedSubject { get; set; }

    public AuthorizeRequest ToRequest() => new()
    {
        Client = Client,
        RedirectUri = RedirectUri,
        ResponseMode = ResponseMode,
        Scopes = Scopes,
        State = Sent["state"],
        Nonce = Sent["nonce"],
        CodeChallenge = Sent["code_challenge"],
        CodeChallengeMethod = CodeChallengeMethod,
        Prompts = Prompts,
        MaxAge = MaxAge,
        LoginHint = Sent["login_hint"],
        UiLocales = Sent["ui_locales"],
        HintedSubject = HintedSubject,
    };
}
