namespace Hearthkey.Flows.Stages.UserWrite;

/// <summary>Saves what was asked, in wire shape.</summary>
public sealed record UserWriteStage : StageRecord
{
    public override string Component => "ak-stage-user-write-form";

    public override string VerboseName => "User Write Stage";

    public override string MetaModelName => "authentik_stages_user_write.userwritestage";

    public string UserCreationMode => "never_create";

    public bool CreateUsersAsInactive => true;

    public Guid? CreateUsersGroup => null;

    public string UserType => "external";

    public string UserPathTemplate => "";
}
