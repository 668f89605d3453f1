namespace Hearthkey.Resources;

/// <summary>
/// E-mail addresses and URLs that nobody filled in: null here, a blank text in the database, and left out on the wire, where a blank text would
/// be none of the format that the API's description promises.
/// </summary>
public static class Blank
{
    public static string? ToNull(string text) => text.Length == 0 ? null : text;
}
