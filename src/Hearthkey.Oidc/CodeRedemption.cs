namespace Hearthkey.Oidc;

/// <summary>How an attempt to use a single-use secret ended.</summary>
public enum Redemption
{
    /// <summary>There is no such secret, or what it belonged to has ended.</summary>
    Unknown,

    /// <summary>This caller won.</summary>
    Redeemed,

    /// <summary>Somebody used it before.</summary>
    AlreadyRedeemed,
}

/// <summary>The outcome of redeeming a code.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="GrantKey">The grant that the code was redeemed for, by this caller or by the earlier one; 0 when unknown.</param>
public readonly record struct CodeRedemption(Redemption Outcome, long GrantKey);
