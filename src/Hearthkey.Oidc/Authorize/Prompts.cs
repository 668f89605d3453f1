namespace Hearthkey.Oidc.Authorize;

/// <summary>What <c>prompt</c> asks for (OpenID Connect Core §3.1.2.1). Words that it does not know are ignored.</summary>
[Flags]
public enum Prompts
{
    /// <summary>Nothing was asked for; not to be taken for <c>prompt=none</c>, which is <see cref="Silent"/>.</summary>
    None = 0,

    /// <summary><c>none</c>: show no page at all, answer with an error instead.</summary>
    Silent = 1,

    /// <summary><c>login</c>: sign in again.</summary>
    Login = 2,

    /// <summary><c>consent</c>: ask for consent again.</summary>
    Consent = 4,

    /// <summary><c>select_account</c>: let the person choose who they are.</summary>
    SelectAccount = 8,
}
