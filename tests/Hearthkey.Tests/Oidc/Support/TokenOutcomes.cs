using Hearthkey.Oidc;
using Hearthkey.Oidc.Token;

namespace Hearthkey.Tests.Oidc.Support;

internal static class TokenOutcomes
{
    public static TokenResponse Tokens(this TokenOutcome outcome) =>
        outcome.ShouldBeOfType<TokenOutcome.Issued>((outcome as TokenOutcome.Refused)?.Error.ToString()).Response;

    public static OAuthError Error(this TokenOutcome outcome) => outcome.ShouldBeOfType<TokenOutcome.Refused>().Error;
}
