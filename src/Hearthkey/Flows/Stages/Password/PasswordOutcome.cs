using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Stages.Password;

/// <summary>How a check ended, for the page that asked.</summary>
internal sealed record PasswordOutcome(Account? Account, string Message, int Status)
{
    public static readonly PasswordOutcome Busy = new(null, FlowStrings.Busy, StatusCodes.Status503ServiceUnavailable) { RetryAfter = Passwords.BusyFor };

    /// <summary>The field that the message belongs to: throttling is no mistake in a field.</summary>
    public string Field => Status == StatusCodes.Status422UnprocessableEntity ? "password" : "non_field_errors";

    private TimeSpan? RetryAfter { get; init; }

    private Func<Db, FlowState, ValueTask<FlowState>>? Write { get; init; }

    public static PasswordOutcome Right(Account account) => new(account, "", StatusCodes.Status200OK);

    public static PasswordOutcome Wrong(Func<Db, FlowState, ValueTask<FlowState>> write) =>
        new(null, FlowStrings.WrongPassword, StatusCodes.Status422UnprocessableEntity) { Write = write };

    public static PasswordOutcome Throttled(TimeSpan wait)
    {
        var seconds = (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        var message = seconds == 1 ? FlowStrings.WaitOneSecond : Texts.Format(FlowStrings.WaitSeconds, seconds.ToString(CultureInfo.CurrentCulture));
        return new(null, message, StatusCodes.Status429TooManyRequests) { RetryAfter = TimeSpan.FromSeconds(seconds) };
    }

    /// <summary>The stage's result: passed with the proof, asked again, or ended after too many tries.</summary>
    public StageResult Apply(StageRun run, PasswordStage stage, FlowState state, Func<FlowState, StageAsked> ask)
    {
        if (Account is not null) return run.Pass(state with { UserPk = Account.Pk, Proofs = [.. state.Proofs, PasswordFactor.Method] });
        if (Write is null) return ask(run.State) with { Status = Status, RetryAfter = RetryAfter };
        var failed = state.Failed(run.Binding.Pk);
        return failed.FailuresOf(run.Binding.Pk) >= stage.FailedAttemptsBeforeCancel
            ? run.Deny(FlowStrings.TooManyTries) with { Write = Write }
            : ask(failed) with { Status = Status, Write = Write };
    }
}
