using Hearthkey.Resources;

namespace Hearthkey.Flows.Stages.UserWrite;

/// <summary>stages/user_write. Creating users in a flow is not built, so none of its settings is.</summary>
internal sealed class UserWriteStageResource(ResourceContext context, UserWriteKind kind) : StageResource<UserWriteStage>(context, kind)
{
    public override string Path => "stages/user_write";

    public override string VerboseName => "user write stage";

    protected override IReadOnlyList<string> OwnFilters { get; } =
        ["create_users_as_inactive", "create_users_group", "user_creation_mode", "user_path_template", "user_type"];

    protected override UserWriteStage BindOwn(FieldReader input, UserWriteStage? before)
    {
        input.Choice("user_creation_mode", "never_create", ["never_create"], unbuilt: ["create_when_required", "always_create"]);
        input.Unbuilt("create_users_as_inactive", "true");
        input.Unbuilt("create_users_group", "null");
        input.Choice("user_type", "external", ["external"], unbuilt: ["internal", "service_account"]);
        input.Unbuilt("user_path_template", "\"\"");
        return before ?? new();
    }
}
