namespace Hearthkey.Sessions;

/// <summary>What the login stage says about a session that begins.</summary>
/// <param name="Amr">How the person proved themselves (RFC 8176), separated by blanks.</param>
/// <param name="Duration">How long it lasts and the browser keeps the cookie; null: until the browser closes, at most <see cref="DefaultDuration"/>.</param>
/// <param name="EndsOthers">Ends the person's other sessions.</param>
public sealed record SessionTerms(string Amr, TimeSpan? Duration = null, bool EndsOthers = false)
{
    /// <summary>When the password that proved the person had been set; null where something else did. With another password by then nobody is signed in.</summary>
    public DateTimeOffset? PasswordAt { get; init; }

    /// <summary>14 days (DESIGN 5): a person signs in every other week.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromDays(14);

    /// <summary>7 days without use (DESIGN 5).</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(7);
}
