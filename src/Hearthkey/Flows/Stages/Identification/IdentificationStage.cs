namespace Hearthkey.Flows.Stages.Identification;

/// <summary>Asks who somebody is, in wire shape.</summary>
public sealed record IdentificationStage : StageRecord
{
    public override string Component => "ak-stage-identification-form";

    public override string VerboseName => "Identification Stage";

    public override string MetaModelName => "authentik_stages_identification.identificationstage";

    /// <summary>What a person may type: <c>username</c>, <c>email</c>.</summary>
    public IReadOnlyList<string> UserFields { get; init; } = [];

    /// <summary>A password stage whose field stands on the same page.</summary>
    public Guid? PasswordStage { get; init; }

    public Guid? CaptchaStage => null;

    /// <summary>Upper and lower case are the same.</summary>
    public bool CaseInsensitiveMatching { get; init; } = true;

    /// <summary>The next page shows the username that was found instead of what was typed; only where unknown names are told so.</summary>
    public bool ShowMatchedUser { get; init; } = true;

    public Guid? EnrollmentFlow => null;

    public Guid? RecoveryFlow => null;

    public Guid? PasswordlessFlow => null;

    public IReadOnlyList<Guid> Sources => [];

    public bool ShowSourceLabels => false;

    /// <summary>An unknown name goes on like a known one, and fails at the password.</summary>
    public bool PretendUserExists { get; init; } = true;

    public bool EnableRememberMe => false;

    public Guid? WebauthnStage => null;
}
