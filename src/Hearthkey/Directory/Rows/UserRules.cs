using Hearthkey.Resources;

namespace Hearthkey.Directory.Rows;

/// <summary>What a user's fields may look like.</summary>
internal static class UserRules
{
    public static void Check(User user, FieldErrors errors)
    {
        if (user.Username.Any(char.IsControl)) errors.Add("username", "Control characters are not allowed.");
        if (user.Email is { } email && !IsAddress(email)) errors.Add("email", "Enter a valid email address.");
        if (user.Path.Split('/').Any(string.IsNullOrWhiteSpace)) errors.Add("path", "No empty segments in user path allowed.");
    }

    private static bool IsAddress(string text) =>
        text.LastIndexOf('@') is > 0 and var at && at < text.Length - 1
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';');
}
