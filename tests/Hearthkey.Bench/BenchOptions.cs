using System.Globalization;

namespace Hearthkey.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        """
        dotnet run -c Release --project tests/Hearthkey.Bench -- [options]
          --parts LIST     of check,nginx,proxy,scale,start,flow; default: all
          --quick          a tenth of the sessions, fewer requests: for trying the bench itself
          --rounds N       measured runs on each side (default 15)
          --requests N     checks or pages in one run (default 50000)
          --flows N        code flows in one run (default 1500)
          --callers N      code flows under way at once (default 8)
          --binary PATH    the native server (default artifacts/e2e/hearthkey/hearthkey)
        """;

    private static readonly string[] _allParts = ["check", "nginx", "proxy", "scale", "start", "flow"];

    public IReadOnlyList<string> Parts { get; init; } = _allParts;

    /// <summary>Measured runs on each side; the median counts.</summary>
    public int Rounds { get; init; } = 15;

    /// <summary>Checks in one run.</summary>
    public int Requests { get; init; } = 50_000;

    /// <summary>Code flows in one run.</summary>
    public int Flows { get; init; } = 1500;

    /// <summary>Code flows under way at once.</summary>
    public int Callers { get; init; } = 8;

    /// <summary>Divides the number of sessions.</summary>
    public int Shrink { get; init; } = 1;

    public string Binary { get; init; } = Path.Combine(Repository.Root, "artifacts", "e2e", "hearthkey", "hearthkey");

    /// <summary>Null when something is not understood.</summary>
    public static BenchOptions? Read(string[] args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
            {
                options = options with { Rounds = 3, Requests = 20_000, Flows = 200, Shrink = 10 };
                continue;
            }
            if (i + 1 == args.Length || Set(options, args[i], args[i + 1]) is not { } changed) return null;
            options = changed;
            i++;
        }
        return options;
    }

    private static BenchOptions? Set(BenchOptions options, string name, string value)
    {
        var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : (int?)null;
        return (name, number) switch
        {
            ("--rounds", { } rounds) => options with { Rounds = rounds },
            ("--requests", { } requests) => options with { Requests = requests },
            ("--flows", { } flows) => options with { Flows = flows },
            ("--callers", { } callers) => options with { Callers = callers },
            ("--binary", _) => options with { Binary = Path.GetFullPath(value) },
            ("--parts", _) when value.Split(',') is var parts && parts.All(_allParts.Contains) => options with { Parts = parts },
            _ => null,
        };
    }
}
