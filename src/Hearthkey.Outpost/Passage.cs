namespace Hearthkey.Outpost;

/// <summary>What <see cref="Gate"/> decided about one request.</summary>
/// <param name="Kind">Whether it may pass.</param>
/// <param name="Session">Whose request it is, where it passes for somebody.</param>
internal readonly record struct Passage(PassageKind Kind, CachedSession? Session = null)
{
    /// <summary>Who proved themselves by the <c>Authorization</c> header, which then is not for the application.</summary>
    public Identity? Program { get; init; }

    /// <summary>An <c>Authorization</c> header of a scheme of ours came, and does not open this.</summary>
    public bool IsHeaderRefused { get; init; }

    /// <summary>The header was not even looked at: so long to wait (DESIGN 6.11).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whose request it is; null for nobody.</summary>
    public Identity? Identity => Session?.Identity ?? Program;

    /// <summary>It passes, with nobody's name.</summary>
    public static Passage Open => new(PassageKind.Granted);

    /// <summary>Somebody has to sign in first.</summary>
    public static Passage Login => new(PassageKind.Login);

    /// <summary>Who they are is known, and that they may not open this host.</summary>
    public static Passage Denied => new(PassageKind.Denied);

    /// <summary>Nobody can say: the truth is out of reach.</summary>
    public static Passage Unavailable => new(PassageKind.Unavailable);

    public static Passage Of(CachedSession session) => new(PassageKind.Granted, session);
}

/// <summary>The four answers.</summary>
internal enum PassageKind
{
    Login,
    Granted,
    Denied,
    Unavailable,
}
