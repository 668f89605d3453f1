namespace Hearthkey.Oidc.Authorize;

/// <summary>The authorization endpoint (RFC 6749 §3.1, OpenID Connect Core §3.1.2): validate, decide, issue.</summary>
/// <remarks>
/// The server calls <see cref="Validate"/>, then <see cref="DecideAsync"/> with the session, and after access and consent
/// <see cref="IssueAsync"/>. Whatever it
/// lets the person do between, it comes back with the parameters of the first request: nothing that the browser keeps is believed.
/// </remarks>
public sealed class AuthorizeEndpoint(IClients clients, IGrants grants, ISubjects subjects, TimeProvider time)
{
    /// <summary>Checks the parameters of a query or form, in the order in which they were sent.</summary>
    public AuthorizeOutcome Validate(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var sent = new Parameters(parameters);
        if (CheckClient.Run(sent, clients, out var client) is { } clientError)
            return new AuthorizeOutcome.ShowError(clientError);
        if (CheckRedirectUri.Run(sent, client!) is { } redirectError)
            return new AuthorizeOutcome.ShowError(redirectError);

        var draft = new AuthorizeDraft(sent, client!, sent["redirect_uri"]!);
        return AuthorizeChecks.Run(draft) is { } error
            ? new AuthorizeOutcome.Refused(Refuse(draft.ToRequest(), error))
            : new AuthorizeOutcome.Valid(draft.ToRequest());
    }

    /// <summary>Whether the sign-in at this browser answers the request.</summary>
    /// <param name="request">A valid request.</param>
    /// <param name="session">Who is signed in; null when nobody is.</param>
    /// <param name="arrivedAt">When the request first came, kept by the server: only a later sign-in answers <c>prompt=login</c>.</param>
    /// <param name="ct">Ends the wait for the subject.</param>
    public async ValueTask<AuthorizeDecision> DecideAsync(
        AuthorizeRequest request, Authentication? session, DateTimeOffset arrivedAt, CancellationToken ct)
    {
        if (session is null)
            return Ask(request, LoginReason.NotSignedIn);

        var isFresh = session.AuthTime > arrivedAt;
        if (request.Prompts.HasFlag(Prompts.Login) && !isFresh)
            return Ask(request, LoginReason.PromptLogin);
        // a sign-in made for this request always satisfies it, or max_age=0 would ask for ever
        if (request.MaxAge is { } maxAge && !isFresh && (maxAge == TimeSpan.Zero || time.GetUtcNow() - session.AuthTime > maxAge))
            return Ask(request, LoginReason.TooOld);

        if (request.HintedSubject is { } hinted)
        {
            var subject = await subjects.FindAsync(session.UserKey, request.Client, request.Scopes, ct);
            if (subject?.Sub != hinted)
                return isFresh ? NotTheHinted(request) : Ask(request, LoginReason.OtherSubject);
        }
        return new AuthorizeDecision.Proceed(session);
    }

    /// <summary>Makes a code and returns the complete address to send the browser to, with <c>code</c>, <c>state</c> and
    /// <c>iss</c> (RFC 9207 §2); null when the client or the person has just been deleted.</summary>
    public async ValueTask<string?> IssueAsync(AuthorizeRequest request, Authentication session, CancellationToken ct)
    {
        var code = OpaqueToken.Create();
        var now = time.GetUtcNow();
        var isStored = await grants.StoreCodeAsync(OpaqueToken.Hash(code), new AuthorizationCode
        {
            ClientId = request.Client.ClientId,
            Authentication = session,
            RedirectUri = request.RedirectUri,
            Scopes = request.Scopes,
            Nonce = request.Nonce,
            CodeChallenge = request.CodeChallenge,
            CodeChallengeMethod = request.CodeChallengeMethod,
            IssuedAt = now,
            ExpiresAt = now + request.Client.CodeValidity,
        }, ct);
        return !isStored ? null : AuthorizeRedirect.To(request.RedirectUri, request.ResponseMode,
            [("code", code), ("state", request.State), ("iss", request.Client.Issuer)]);
    }

    /// <summary>The redirect that tells the client of an error, also one that the server finds later: <c>access_denied</c>,
    /// <c>consent_required</c> …</summary>
    public static RedirectError Refuse(AuthorizeRequest request, OAuthError error) => new(error,
        AuthorizeRedirect.To(request.RedirectUri, request.ResponseMode,
            [("error", error.Code), ("error_description", error.Description), ("state", request.State), ("iss", request.Client.Issuer)]));

    private static AuthorizeDecision Ask(AuthorizeRequest request, LoginReason reason) => request.Prompts.HasFlag(Prompts.Silent)
        ? new AuthorizeDecision.Refused(Refuse(request, new("login_required", "The person must sign in, and prompt=none forbids to ask.")))
        : new AuthorizeDecision.NeedsLogin(reason);

    private static AuthorizeDecision NotTheHinted(AuthorizeRequest request) =>
        new AuthorizeDecision.Refused(Refuse(request, new("login_required", "Somebody else signed in than the id_token_hint names.")));
}
