using System.Globalization;
using Hearthkey.Bench.Load;
using Hearthkey.Bench.Measures;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Hosts;

/// <summary>A host that answers checks, with the process that asks it.</summary>
internal sealed class CheckServer : IAsyncDisposable
{
    private readonly BenchProcess _host;
    private readonly BenchProcess _load;
    private readonly NginxFront? _front;
    private readonly int _port;
    private readonly int _sessions;
    private readonly bool _isNamed;
    private int _seed = 1;

    private CheckServer(BenchProcess host, BenchProcess load, int sessions, bool isNamed, NginxFront? front = null)
    {
        _front = front;
        _host = host;
        _load = load;
        _sessions = sessions;
        _isNamed = isNamed;
        _port = front?.Port ?? PortOf(host);
    }

    public Samples CpuMicroseconds { get; } = new();

    /// <summary>Microseconds that one request in a hundred took longer than.</summary>
    public Samples P99 { get; } = new();

    public Samples AllocatedBytes { get; } = new();

    public long Errors { get; private set; }

    public long Count { get; private set; }

    /// <summary>The server with this plan in its database; nothing is in memory yet.</summary>
    public static async Task<CheckServer> StartAsync(HostPlan plan, string name)
    {
        var folder = Repository.NewFolder(name);
        var sites = Path.Combine(folder, "sites.txt");
        await using (await BenchProcess.StartOwnAsync(
            [Preparation.Command, folder, sites, Text(plan.Hosts), Text(plan.Sessions), .. plan.HasStatements ? [Preparation.Statements] : Array.Empty<string>()]))
        {
        }
        var host = await BenchProcess.StartOwnAsync(ServerHost.Command, folder);
        return new(host, await BenchProcess.StartOwnAsync(CheckLoad.Command, sites, Text(plan.Sessions)), plan.Sessions, true);
    }

    /// <summary>The reference, asked the same questions as <paramref name="like"/>.</summary>
    public static async Task<CheckServer> StartBareAsync(CheckServer like, string kind) =>
        new(await BenchProcess.StartOwnAsync(BareHost.Command, kind), like._load, like._sessions, false);

    /// <summary>The same host, asked by an nginx that is asked for pages. Its CPU counts too.</summary>
    public async Task<CheckServer> BehindNginxAsync() => new(_host, _load, _sessions, _isNamed, await NginxFront.StartAsync(PortOf(_host)));

    public Task<long> HeapAsync() => HeapAnswers.AskAsync(_host, "heap");

    /// <summary>Asks for each session once, which brings all of them into memory.</summary>
    public async Task<LoadResult> WalkAsync() => (await CheckLoad.WalkAsync(_load, _port)).Faultless();

    /// <summary>Lets the runtime compile what is hot.</summary>
    /// <param name="sessions">How many of the sessions come into memory by that; all of them where it is not given.</param>
    public async Task WarmAsync(int requests, int? sessions = null)
    {
        for (var i = 0; i < 3; i++) (await RunAsync(requests, sessions ?? _sessions)).Faultless();
    }

    /// <summary>One measured run.</summary>
    public async Task MeasureAsync(int requests)
    {
        var allocated = await HeapAnswers.AskAsync(_host, "allocated");
        var cpu = Cpu();
        var result = await RunAsync(requests, _sessions);
        CpuMicroseconds.Add((Cpu() - cpu).TotalMicroseconds / requests);
        AllocatedBytes.Add((double)(await HeapAnswers.AskAsync(_host, "allocated") - allocated) / requests);
        P99.Add(result.P99);
        Errors += result.Errors;
        Count += result.Requests;
    }

    public async ValueTask DisposeAsync()
    {
        if (_front is not null) await _front.DisposeAsync();
        await _host.DisposeAsync();
        await _load.DisposeAsync();
    }

    private Task<LoadResult> RunAsync(int requests, int sessions) =>
        CheckLoad.RandomAsync(_load, _port, requests, _seed++, sessions, _front is null ? CheckLoad.CheckPath : CheckLoad.PagePath, _isNamed);

    private TimeSpan Cpu() => _host.Cpu() + (_front?.Cpu() ?? TimeSpan.Zero);

    private static int PortOf(BenchProcess host) => int.Parse(host.Ready[0], CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
