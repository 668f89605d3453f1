using System.Text.RegularExpressions;

namespace Hearthkey.Outpost;

/// <summary>The requests that a login is good for: by method, and by patterns of the whole path. What cannot be told is not allowed.</summary>
public sealed class RequestLimits
{
    private readonly string[] _methods;
    private readonly Regex[] _paths;
    private readonly bool _isBroken;

    private RequestLimits(string[] methods, Regex[] paths, bool isBroken) => (_methods, _paths, _isBroken) = (methods, paths, isBroken);

    /// <summary>Good for every request.</summary>
    public static RequestLimits None { get; } = new([], [], false);

    /// <summary>True where the method decides.</summary>
    public bool NeedsMethod => _methods.Length > 0;

    /// <summary>Reads methods and patterns; empty lists limit nothing. Patterns are matched in linear time, against the decoded path without its query.</summary>
    public static RequestLimits Of(IReadOnlyList<string> methods, IReadOnlyList<string> paths)
    {
        if (methods.Count == 0 && paths.Count == 0)
            return None;
        try
        {
            return new([.. methods], [.. paths.Select(p => new Regex($@"\A(?:{p})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))], false);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return new([.. methods], [], isBroken: true);
        }
    }

    /// <summary>Whether this request is one of them.</summary>
    /// <param name="method">Null where the proxy did not say.</param>
    /// <param name="path">The path as the application will understand it; null where that cannot be told.</param>
    public bool Allow(string? method, string? path)
    {
        if (_isBroken || (_methods.Length > 0 && (method is null || !_methods.Contains(method, StringComparer.Ordinal))))
            return false;
        return _paths.Length == 0 || (path is not null && _paths.Any(p => p.IsMatch(path)));
    }
}
