namespace Hearthkey.Flows.Stages.UserLogin;

/// <summary>Begins the session, in wire shape.</summary>
public sealed record UserLoginStage : StageRecord
{
    public override string Component => "ak-stage-user-login-form";

    public override string VerboseName => "User Login Stage";

    public override string MetaModelName => "authentik_stages_user_login.userloginstage";

    /// <summary>How long the session lasts; <c>seconds=0</c>: until the browser closes, at most 14 days.</summary>
    public string SessionDuration { get; init; } = "seconds=0";

    /// <summary>Ends the person's other sessions.</summary>
    public bool TerminateOtherSessions { get; init; }

    public string RememberMeOffset => "seconds=0";

    public string NetworkBinding => "no_binding";

    public string GeoipBinding => "no_binding";

    public string RememberDevice => "days=30";
}
