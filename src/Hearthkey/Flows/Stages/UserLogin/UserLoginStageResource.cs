using Hearthkey.Resources;

namespace Hearthkey.Flows.Stages.UserLogin;

/// <summary>stages/user_login.</summary>
internal sealed class UserLoginStageResource(ResourceContext context, UserLoginKind kind) : StageResource<UserLoginStage>(context, kind)
{
    public override string Path => "stages/user_login";

    public override string VerboseName => "user login stage";

    protected override IReadOnlyList<string> OwnFilters { get; } =
    [
        "geoip_binding", "network_binding", "remember_device", "remember_me_offset", "session_duration",
        "terminate_other_sessions",
    ];

    protected override UserLoginStage BindOwn(FieldReader input, UserLoginStage? before)
    {
        var old = before ?? new();
        input.Unbuilt("remember_me_offset", "\"seconds=0\"");
        input.Unbuilt("remember_device", "\"days=30\"");
        input.Choice("network_binding", "no_binding", ["no_binding"], unbuilt: ["bind_asn", "bind_asn_network", "bind_asn_network_ip"]);
        input.Choice("geoip_binding", "no_binding", ["no_binding"], unbuilt: ["bind_continent", "bind_continent_country", "bind_continent_country_city"]);
        return old with
        {
            SessionDuration = input.DurationText("session_duration", old.SessionDuration),
            TerminateOtherSessions = input.Flag("terminate_other_sessions", old.TerminateOtherSessions),
        };
    }
}
