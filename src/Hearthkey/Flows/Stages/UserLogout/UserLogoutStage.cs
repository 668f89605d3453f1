namespace Hearthkey.Flows.Stages.UserLogout;

/// <summary>Ends the session, in wire shape.</summary>
public sealed record UserLogoutStage : StageRecord
{
    public override string Component => "ak-stage-user-logout-form";

    public override string VerboseName => "User Logout Stage";

    public override string MetaModelName => "authentik_stages_user_logout.userlogoutstage";
}
