namespace Hearthkey.Flows.Stages.Password;

/// <summary>Asks for the password, in wire shape.</summary>
public sealed record PasswordStage : StageRecord
{
    /// <summary>The one backend that is built: the password of the account itself.</summary>
    public const string OwnBackend = "authentik.core.auth.InbuiltBackend";

    public override string Component => "ak-stage-password-form";

    public override string VerboseName => "Password Stage";

    public override string MetaModelName => "authentik_stages_password.passwordstage";

    public IReadOnlyList<string> Backends => [OwnBackend];

    public Guid? ConfigureFlow => null;

    /// <summary>After so many wrong passwords the flow must be begun anew; authentik's default.</summary>
    public long FailedAttemptsBeforeCancel { get; init; } = 5;

    /// <summary>A button shows what was typed.</summary>
    public bool AllowShowPassword { get; init; }
}
