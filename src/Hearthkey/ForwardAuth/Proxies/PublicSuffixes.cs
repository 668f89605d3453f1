using System.Text;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>
/// Domains under which strangers have hosts, by the Public Suffix List (publicsuffix.org) with its private section: registries, dynamic DNS,
/// hosting. Taken at build from a package; asked when a provider is saved or read, so it is searched as the text that it is.
/// </summary>
internal static class PublicSuffixes
{
    /// <summary>On the list, but by definition of one home alone (RFC 8375).</summary>
    private const string Home = "home.arpa";

    private static readonly Lazy<byte[]> _rules = new(Load);

    /// <summary>Rules on the list.</summary>
    public static int Count => _rules.Value.AsSpan().Count((byte)'\n') - 1;

    /// <summary>Whether strangers have hosts in this domain: it is a public suffix, or has one below it.</summary>
    /// <param name="domain">In lower case, without a dot at either end.</param>
    public static bool AreIn(string domain)
    {
        var dot = domain.IndexOf('.', StringComparison.Ordinal);
        // a name without a dot is a suffix by the list's own last rule
        if (dot < 0) return true;
        if (domain == Home || Has("\n!", domain)) return false;
        return Has("\n", domain) || Has("\n*.", domain[(dot + 1)..]) || Has(".", domain);
    }

    private static bool Has(string before, string domain) => _rules.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(before + domain + "\n")) >= 0;

    private static byte[] Load()
    {
        using var stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("public-suffixes.txt")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
