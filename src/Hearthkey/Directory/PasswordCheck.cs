namespace Hearthkey.Directory;

/// <summary>How the check of a password ended.</summary>
public enum PasswordCheck
{
    /// <summary>Wrong password, no password, or nobody of that name: which one, nobody can tell by answer or time.</summary>
    Wrong,

    /// <summary>The password is the account's. Whether the account is active is not looked at.</summary>
    Right,

    /// <summary>Too many checks are waiting: answer 503 with <c>Retry-After</c> <see cref="Passwords.BusyFor"/>.</summary>
    Busy,
}

/// <summary>The result of a check.</summary>
/// <param name="SetAt">When the password that was right had been set: it proves its person as long as it is theirs.</param>
public readonly record struct PasswordAnswer(PasswordCheck Check, DateTimeOffset? SetAt = null);
