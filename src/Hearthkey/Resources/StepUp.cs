namespace Hearthkey.Resources;

/// <summary>
/// What needs a recent proof of who sits at the browser (DESIGN 6.9): revealing secrets, making tokens, changing admins, keys, redirect URIs.
/// Bearer tokens need their owner's right alone.
/// </summary>
public static class StepUp
{
    /// <summary>The code of the refusal: the page then asks for the password and tries again.</summary>
    public const string Code = "step_up_required";

    /// <summary>How long a proof counts; DESIGN 6.9.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Sentence = "For this, please enter your password again: you last did more than 15 minutes ago.";

    /// <summary>The caller sits at a browser and must prove it anew.</summary>
    public static bool IsDue(Caller caller, DateTimeOffset now) => caller.IsBrowser && !(caller.AuthAt > now - Lifetime);

    public static Outcome<T> Refuse<T>() where T : class => Outcome<T>.Refused(Sentence, Code);
}
