using System.Text;

namespace Hearthkey.Directory;

/// <summary>How names and addresses are compared: NFKC and case-folded, so that "Ａnna", "ANNA" and "anna" are one person.</summary>
public static class NameKey
{
    /// <summary>The key of a text; blanks around it do not count.</summary>
    public static string Of(string text)
    {
        // a lone surrogate cannot be normalised: it becomes U+FFFD
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Trim()));
        // upper case first folds letters of one upper and two lower forms, such as the final sigma
        return whole.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant().Normalize(NormalizationForm.FormKC);
    }
}
