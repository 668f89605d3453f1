using Hearthkey.Ui;

namespace Hearthkey.Connectors.Npm;

/// <summary>What came back: a value, or what went wrong.</summary>
/// <param name="Detail">Its own words, or this machine's; may be blank.</param>
internal sealed record NpmAnswer<T>(T? Value, NpmProblem Problem = NpmProblem.None, string Detail = "") where T : class
{
    public NpmAnswer<TOther> As<TOther>() where TOther : class => new(null, Problem, Detail);

    /// <summary>A sentence for the person who asked.</summary>
    public string Sentence => Problem switch
    {
        NpmProblem.None => "",
        NpmProblem.Away => Texts.Format(ConnectorsStrings.NpmAway, Detail),
        NpmProblem.Slow => ConnectorsStrings.NpmSlow,
        NpmProblem.Certificate => Texts.Format(ConnectorsStrings.NpmCertificate, Detail),
        NpmProblem.WrongLogin => ConnectorsStrings.NpmWrongLogin,
        NpmProblem.CodeNeeded => ConnectorsStrings.NpmCodeNeeded,
        NpmProblem.LoggedOut => ConnectorsStrings.NpmLoggedOut,
        NpmProblem.NotAllowed => ConnectorsStrings.NpmNotAllowed,
        NpmProblem.Missing => ConnectorsStrings.NpmMissing,
        NpmProblem.Refused => Texts.Format(ConnectorsStrings.NpmRefused, Detail),
        _ => ConnectorsStrings.NpmNonsense,
    };
}

/// <summary>Why there is no value.</summary>
internal enum NpmProblem
{
    None,

    /// <summary>Nothing listens there, or the name leads nowhere.</summary>
    Away,

    /// <summary>No answer in time.</summary>
    Slow,

    /// <summary>Its certificate is not trusted: no password is sent there.</summary>
    Certificate,

    WrongLogin,

    /// <summary>The login has a second factor.</summary>
    CodeNeeded,

    /// <summary>The token has run out or was never good.</summary>
    LoggedOut,

    /// <summary>The login may not do this.</summary>
    NotAllowed,

    /// <summary>There is no such host any more.</summary>
    Missing,

    /// <summary>It said why not.</summary>
    Refused,

    /// <summary>What came is no answer of this API.</summary>
    Nonsense,
}
