namespace Hearthkey.Flows;

/// <summary>What came back for a challenge: fields by name, from a form now, from JSON later.</summary>
public sealed class StageAnswer(Func<string, string?> find)
{
    /// <summary>Longest value that is looked at (own choice: a paragraph fits, and no password is longer than 1024 bytes).</summary>
    private const int Longest = 8192;

    /// <summary>The field's text, or null where it did not come or is out of all bounds.</summary>
    public string? Text(string name) => find(name) is { Length: <= Longest } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
}
