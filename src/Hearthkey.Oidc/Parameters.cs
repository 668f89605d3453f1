using System.Diagnostics.CodeAnalysis;

namespace Hearthkey.Oidc;

/// <summary>The parameters of one request: an empty value counts as absent, a repeated name is remembered (RFC 6749 §3.1, §3.2).</summary>
internal sealed class Parameters
{
    /// <summary>Characters of all names and values together.</summary>
    /// <remarks>Own choice: twice the request line that Kestrel reads, so that a POST can say no more than a large GET.</remarks>
    private const int LongestTotal = 16 * 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Parameters(IReadOnlyList<KeyValuePair<string, string>> sent)
    {
        var total = 0L;
        foreach (var (name, value) in sent)
        {
            total += name.Length + (value?.Length ?? 0) + 2;
            if (IsTooLarge = total > LongestTotal)
                return;
            if (!string.IsNullOrEmpty(value) && !_values.TryAdd(name, value))
                Repeated ??= name;
        }
    }

    /// <summary>More than any honest client sends; the rest was not read.</summary>
    public bool IsTooLarge { get; }

    /// <summary>The first name that came twice.</summary>
    public string? Repeated { get; }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool TryGet(string name, [NotNullWhen(true)] out string? value) => _values.TryGetValue(name, out value);

    public bool Has(string name) => _values.ContainsKey(name);
}
