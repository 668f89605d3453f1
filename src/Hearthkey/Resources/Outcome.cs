namespace Hearthkey.Resources;

/// <summary>How an operation on a resource ended; exactly one of the members says so.</summary>
/// <param name="Value">The object, where all went well.</param>
/// <param name="Errors">What is wrong with the input (400).</param>
/// <param name="Refusal">A sentence why this caller may not (403).</param>
/// <param name="IsMissing">There is no such object, or not for this caller (404).</param>
/// <param name="Code">A refusal's name for programs, such as <see cref="StepUp.Code"/>.</param>
public sealed record Outcome<T>(T? Value = null, FieldErrors? Errors = null, string? Refusal = null, bool IsMissing = false, string? Code = null)
    where T : class
{
    public static readonly Outcome<T> Missing = new(IsMissing: true);

    public static Outcome<T> Done(T value) => new(value);

    public static Outcome<T> Wrong(FieldErrors errors) => new(Errors: errors);

    public static Outcome<T> Wrong(string field, string message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return new(Errors: errors);
    }

    public static Outcome<T> Refused(string sentence, string? code = null) => new(Refusal: sentence, Code: code);

    /// <summary>The same ending for another kind of object; not for <see cref="Done"/>.</summary>
    public Outcome<TOther> As<TOther>() where TOther : class => new(null, Errors, Refusal, IsMissing, Code);
}
