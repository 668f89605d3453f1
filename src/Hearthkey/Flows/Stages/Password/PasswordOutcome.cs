using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Directory;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Stages.Password;

/// <summary>How a check ended, for the page that asked.</summary>
internal sealed class PasswordOutcome
{
    private readonly PasswordAttempt _attempt;
    private readonly TimeSpan? _retryAfter;
    private readonly int _status;

    private PasswordOutcome(PasswordAttempt attempt)
    {
        _attempt = attempt;
        (_status, Message) = attempt switch
        {
            { Wait: { } wait } => (StatusCodes.Status429TooManyRequests, Waiting(Seconds(wait))),
            { IsBusy: true } => (StatusCodes.Status503ServiceUnavailable, FlowStrings.Busy),
            _ => (StatusCodes.Status422UnprocessableEntity, FlowStrings.WrongPassword),
        };
        _retryAfter = attempt.Wait is { } delay ? TimeSpan.FromSeconds(Seconds(delay)) : attempt.IsBusy ? Passwords.BusyFor : null;
    }

    public string Message { get; }

    /// <summary>The field that the message belongs to: throttling is no mistake in a field.</summary>
    public string Field => _status == StatusCodes.Status422UnprocessableEntity ? "password" : "non_field_errors";

    public static async ValueTask<PasswordOutcome> CheckAsync(
        PasswordFactor factor, StageRun run, PasswordStage stage, Account? account, string login, string password, CancellationToken ct)
    {
        var about = new JsonObject { ["app"] = "authentik_stages_password", ["model_name"] = "passwordstage", ["pk"] = stage.Pk.ToString(), ["name"] = stage.Name };
        return new(await factor.TryAsync(run.Http, account, login, password, new JsonObject { ["stage"] = about }, ct));
    }

    /// <summary>The stage's result: passed with the proof, asked again, or ended after too many tries.</summary>
    public StageResult Apply(StageRun run, PasswordStage stage, FlowState state, Func<FlowState, StageAsked> ask)
    {
        if (_attempt.Proved is var (account, passwordAt))
            return run.Pass(state with { UserPk = account.Pk, Proofs = [.. state.Proofs, PasswordFactor.Method], PasswordAt = passwordAt });
        if (_attempt.RecordAsync is not { } record) return ask(run.State) with { Status = _status, RetryAfter = _retryAfter };
        var failed = state.Failed(run.Binding.Pk);
        StageResult result = failed.FailuresOf(run.Binding.Pk) >= stage.FailedAttemptsBeforeCancel
            ? run.Deny(FlowStrings.TooManyTries)
            : ask(failed) with { Status = _status };
        return result with
        {
            Write = async (db, written) =>
            {
                await record(db);
                return written;
            },
        };
    }

    private static int Seconds(TimeSpan wait) => (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds));

    private static string Waiting(int seconds) =>
        seconds == 1 ? FlowStrings.WaitOneSecond : Texts.Format(FlowStrings.WaitSeconds, seconds.ToString(CultureInfo.CurrentCulture));
}
