using Hearthkey.Resources;

namespace Hearthkey.Flows.Stages.UserLogout;

/// <summary>stages/user_logout.</summary>
internal sealed class UserLogoutStageResource(ResourceContext context, UserLogoutKind kind) : StageResource<UserLogoutStage>(context, kind)
{
    public override string Path => "stages/user_logout";

    public override string VerboseName => "user logout stage";

    protected override UserLogoutStage BindOwn(FieldReader input, UserLogoutStage? before) => before ?? new();
}
