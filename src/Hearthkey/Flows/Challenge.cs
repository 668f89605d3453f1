namespace Hearthkey.Flows;

/// <summary>What a stage asks, in the wire shape of authentik's flow executor.</summary>
public abstract record Challenge(ContextualFlow FlowInfo)
{
    public abstract string Component { get; }

    /// <summary>What is wrong with the last answer, by field; <c>non_field_errors</c> where it is no single one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ChallengeError>> ResponseErrors { get; init; } = new Dictionary<string, IReadOnlyList<ChallengeError>>();

    /// <summary>The first message about a field, or null.</summary>
    public string? Error(string field) => ResponseErrors.TryGetValue(field, out var errors) ? errors[0].String : null;

    /// <summary>The same errors in one entry.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ChallengeError>> Errors(params (string Field, string Message)[] errors) =>
        errors.ToDictionary(e => e.Field, e => (IReadOnlyList<ChallengeError>)[new ChallengeError(e.Message, "invalid")]);
}

/// <summary>A challenge to somebody who has said who they are.</summary>
public abstract record PersonChallenge(ContextualFlow FlowInfo, string PendingUser, string PendingUserAvatar) : Challenge(FlowInfo);

/// <summary>The flow ended with a refusal.</summary>
public sealed record AccessDeniedChallenge(ContextualFlow FlowInfo, string PendingUser, string PendingUserAvatar, string ErrorMessage)
    : PersonChallenge(FlowInfo, PendingUser, PendingUserAvatar)
{
    public override string Component => "ak-stage-access-denied";
}
