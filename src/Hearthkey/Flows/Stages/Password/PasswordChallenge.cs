namespace Hearthkey.Flows.Stages.Password;

/// <summary>Prove it with your password.</summary>
public sealed record PasswordChallenge(ContextualFlow FlowInfo, string PendingUser, string PendingUserAvatar)
    : PersonChallenge(FlowInfo, PendingUser, PendingUserAvatar)
{
    public override string Component => "ak-stage-password";

    public required bool AllowShowPassword { get; init; }
}
