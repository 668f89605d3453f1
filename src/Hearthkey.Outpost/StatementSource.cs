namespace Hearthkey.Outpost;

/// <summary>
/// Signs statements of who somebody is, for <c>X-authentik-jwt</c>, and keeps the last: a signature costs a hundred checks. One for each
/// identity in memory, so they are as many as sessions at most.
/// </summary>
/// <param name="audience">Whom it is for: two of the same audience say the same of one identity.</param>
/// <param name="sign">Signs one that begins at an instant and is good for five minutes.</param>
public sealed class StatementSource(string audience, Func<DateTimeOffset, string> sign) : IEquatable<StatementSource>
{
    /// <summary>Every statement that is handed out is good for at least half its time yet.</summary>
    private static readonly TimeSpan _renewAfter = TimeSpan.FromSeconds(150);

    private volatile Signed? _last;

    /// <summary>A statement that is good now.</summary>
    internal string At(DateTimeOffset now)
    {
        // a clock that was set back makes no statement that is too old
        if (_last is { } last && now >= last.At && now - last.At < _renewAfter)
            return last.Text;
        var signed = new Signed(sign(now), now);
        _last = signed;
        return signed.Text;
    }

    public bool Equals(StatementSource? other) => other?.Audience == Audience;

    public override bool Equals(object? obj) => Equals(obj as StatementSource);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Audience);

    private string Audience => audience;

    private sealed record Signed(string Text, DateTimeOffset At);
}
