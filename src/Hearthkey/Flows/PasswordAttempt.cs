using Hearthkey.Directory;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>How a check of a password ended: one of these is set.</summary>
public sealed record PasswordAttempt
{
    /// <summary>Right: the account, and when its password had been set.</summary>
    public (Account Account, DateTimeOffset PasswordAt)? Proved { get; init; }

    /// <summary>Not looked at: so long to wait.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Not looked at: too many others are, come again after <see cref="Passwords.BusyFor"/>.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Wrong: writes the event, in the caller's unit of work.</summary>
    public Func<Db, ValueTask>? RecordAsync { get; init; }
}
