namespace Hearthkey.Flows.Stages.Identification;

/// <summary>Who are you?</summary>
public sealed record IdentificationChallenge(ContextualFlow FlowInfo) : Challenge(FlowInfo)
{
    public override string Component => "ak-stage-identification";

    public required IReadOnlyList<string> UserFields { get; init; }

    /// <summary>What was typed before.</summary>
    public string? PendingUserIdentifier { get; init; }

    /// <summary>The password is asked on the same page.</summary>
    public required bool PasswordFields { get; init; }

    public required bool AllowShowPassword { get; init; }

    public required string? ApplicationPre { get; init; }

    public required string? ApplicationPreLaunch { get; init; }

    public required string FlowDesignation { get; init; }

    public required string PrimaryAction { get; init; }

    public IReadOnlyList<string> Sources => [];

    public bool ShowSourceLabels => false;

    public bool EnableRememberMe => false;

    [global::System.Text.Json.Serialization.JsonIgnore]
    public string Label => UserFields switch
    {
        [var only] => only == "email" ? FlowStrings.Email : FlowStrings.Username,
        _ => FlowStrings.EmailOrUsername,
    };
}

/// <summary>The answer.</summary>
internal sealed record IdentificationAnswer(string UidField, string Password)
{
    /// <summary>Longest name or address (RFC 5321 §4.5.3.1.3): nobody's is longer, and it is kept with the state.</summary>
    private const int Longest = 254;

    public static IdentificationAnswer Of(StageAnswer answer) => new(answer.Text("uid_field") is { Length: <= Longest } text ? text.Trim() : "", answer.Text("password") ?? "");
}
