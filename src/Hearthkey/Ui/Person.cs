using System.Globalization;

namespace Hearthkey.Ui;

/// <summary>Who looks at a page, as far as the layouts show it.</summary>
/// <param name="Name">What the person is called; the username where no name is known.</param>
/// <param name="Email">Shown under the name; null shows nothing.</param>
/// <param name="IsAdmin">Whether the account menu leads to the admin interface.</param>
public sealed record Person(string Name, string? Email, bool IsAdmin)
{
    /// <summary>One or two letters for the avatar.</summary>
    public string Initials => InitialsOf(Name);

    internal static string InitialsOf(string name)
    {
        var words = name.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "?",
            [var only] => FirstLetter(only),
            [var first, .., var last] => FirstLetter(first) + FirstLetter(last),
        };
    }

    // an emoji or a combined letter is more than one char
    private static string FirstLetter(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
