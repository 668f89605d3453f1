using System.Globalization;
using System.Text;

namespace Hearthkey.Admin;

/// <summary>The part of an address that a name suggests.</summary>
public static class Slugs
{
    /// <summary>Lower-case letters, digits and dashes: <c>Lab Forward Auth</c> becomes <c>lab-forward-auth</c>. Blank where nothing is left.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(char.ToLowerInvariant(letter));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
