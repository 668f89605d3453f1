using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>The last look at a person before they are signed in, in the unit of work that does it; and when people signed in last.</summary>
public static class Logins
{
    /// <summary>
    /// Whether the account may still be signed in with this proof: it is active, and its password is the one that was proved. Until the unit ends
    /// nobody can disable it or set another one, and whoever does so afterwards finds the session and ends it.
    /// </summary>
    /// <param name="passwordAt">When the password that was proved had been set; null where another thing proved it.</param>
    public static async ValueTask<bool> RecordAsync(Db db, long pk, DateTimeOffset at, DateTimeOffset? passwordAt) => await db.ExecAsync(
        $"update users set last_login_at = {at} where pk = {pk} and {Account.RowMaySignIn} and ({passwordAt} is null or password_at = {passwordAt})") > 0;

    /// <summary>The same for what a proof allows besides signing in.</summary>
    public static async ValueTask<bool> HoldsAsync(Db db, long pk, DateTimeOffset passwordAt) => await db.ExecAsync(
        $"update users set password_at = password_at where pk = {pk} and {Account.RowMaySignIn} and password_at = {passwordAt}") > 0;
}
