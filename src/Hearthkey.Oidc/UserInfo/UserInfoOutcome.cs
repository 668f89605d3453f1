namespace Hearthkey.Oidc.UserInfo;

/// <summary>The answer of the userinfo endpoint: one of the two nested records.</summary>
public abstract record UserInfoOutcome
{
    private UserInfoOutcome()
    {
    }

    /// <summary>Status 200.</summary>
    /// <param name="Client">Whose token it was; its redirect origins may read the answer.</param>
    /// <param name="Json">The body, as UTF-8 JSON.</param>
    public sealed record Found(Client Client, ReadOnlyMemory<byte> Json) : UserInfoOutcome;

    /// <summary>Status and challenge are the error's; the body may stay empty.</summary>
    public sealed record Refused(OAuthError Error) : UserInfoOutcome;
}
