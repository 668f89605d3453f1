using System.Collections.Frozen;

namespace Hearthkey.Directory.Hashing;

/// <summary>The 3,000 commonest passwords that are long enough to be set, in lower case; taken at build from a public list.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> _all = new(Load);

    public static int Count => _all.Value.Count;

    public static bool Contains(string password) => _all.Value.Contains(password.ToLowerInvariant());

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
