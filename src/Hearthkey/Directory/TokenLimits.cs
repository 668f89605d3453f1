using System.Text.RegularExpressions;
using Hearthkey.Resources;

namespace Hearthkey.Directory;

/// <summary>Reads what an app password is limited to.</summary>
internal static partial class TokenLimits
{
    private const int MostMethods = 20, MostPaths = 50, LongestPath = 500;

    public static Token Bind(FieldReader input, Token token)
    {
        var methods = input.Texts("limit_methods", token.LimitMethods ?? []).Select(m => m.ToUpperInvariant()).Distinct().ToList();
        var paths = input.Texts("limit_paths", token.LimitPaths ?? []);
        var limited = token with
        {
            LimitApplication = input.Reference("limit_application", token.LimitApplication),
            LimitMethods = methods.Count > 0 ? methods : null,
            LimitPaths = paths.Count > 0 ? paths : null,
        };
        Check(limited, input.Errors);
        return limited;
    }

    private static void Check(Token token, FieldErrors errors)
    {
        if (token.Intent != Token.AppPassword)
        {
            const string sentence = "Only an app password can be limited: leave this out.";
            if (token.LimitApplication is not null) errors.Add("limit_application", sentence);
            if (token.LimitMethods is not null) errors.Add("limit_methods", sentence);
            if (token.LimitPaths is not null) errors.Add("limit_paths", sentence);
            return;
        }
        if (token.LimitMethods is { } methods)
        {
            if (methods.Count > MostMethods) errors.Add("limit_methods", $"Use at most {MostMethods} methods.");
            foreach (var method in methods.Where(m => !Method.IsMatch(m)))
                errors.Add("limit_methods", $"“{method}” is no request method; write names such as GET, HEAD or PROPFIND.");
        }
        if (token.LimitPaths is not { } paths) return;
        if (paths.Count > MostPaths) errors.Add("limit_paths", $"Use at most {MostPaths} lines.");
        foreach (var path in paths.Where(p => !IsPattern(p)))
            errors.Add("limit_paths", $"“{path}” is no regular expression that can be used here.");
    }

    private static bool IsPattern(string text)
    {
        try
        {
            return text.Length <= LongestPath && new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) is not null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Z][A-Z-]{0,29}\z")]
    private static partial Regex Method { get; }
}
