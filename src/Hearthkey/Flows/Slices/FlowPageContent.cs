using Hearthkey.Ui;
using RazorSlices;

namespace Hearthkey.Flows.Slices;

/// <summary>The form around what a stage asks.</summary>
/// <param name="Action">Where the form is sent.</param>
public sealed record FlowPageContent(string Title, string Action)
{
    public string? Sentence { get; init; }

    /// <summary>What is wrong with no single field.</summary>
    public string? Problem { get; init; }

    /// <summary>The stage's fields and button; null: only <see cref="Button"/>.</summary>
    public Func<RazorSlice>? Part { get; init; }

    public string? Button { get; init; }

    public Html? Above { get; init; }

    public Html? Below { get; init; }

    public IReadOnlyList<(string Name, string? Value)> Hidden { get; init; } = [];
}

/// <summary>The page after a refusal.</summary>
/// <param name="ContinueUrl">Begins anew; null offers nothing.</param>
public sealed record DeniedContent(AccessDeniedChallenge Challenge, string? ContinueUrl);

/// <summary>The page after signing out.</summary>
/// <param name="IsSignedIn">Only the application was left; the person is still signed in here.</param>
public sealed record SignedOutContent(string Title, bool IsSignedIn);

/// <summary>What is wrong with a new password, or with its repetition.</summary>
public sealed record NewPasswordContent(string? Problem, string? RepeatProblem);
