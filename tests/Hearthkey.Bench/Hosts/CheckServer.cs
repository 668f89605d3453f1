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
    private readonly int _port;
    private readonly int _sessions;
    private readonly bool _isNamed;
    private int _seed = 1;

    private CheckServer(BenchProcess host, BenchProcess load, int sessions, bool isNamed)
    {
        _host = host;
        _load = load;
        _sessions = sessions;
        _isNamed = isNamed;
        _port = int.Parse(host.Ready[0], CultureInfo.InvariantCulture);
    }

    public Samples CpuMicroseconds { get; } = new();

    public Samples AllocatedBytes { get; } = new();

    public long Errors { get; private set; }

    public long Count { get; private set; }

    /// <summary>The server with this plan in its database; nothing is in memory yet.</summary>
    public static async Task<CheckServer> StartAsync(HostPlan plan, string name)
    {
        var folder = Repository.NewFolder(name);
        var sites = Path.Combine(folder, "sites.txt");
        await using (await BenchProcess.StartOwnAsync(Preparation.Command, folder, sites, Text(plan.Hosts), Text(plan.Sessions)))
        {
        }
        var host = await BenchProcess.StartOwnAsync(ServerHost.Command, folder);
        return new(host, await BenchProcess.StartOwnAsync(CheckLoad.Command, sites, Text(plan.Sessions)), plan.Sessions, true);
    }

    /// <summary>The reference, asked the same questions as <paramref name="like"/>.</summary>
    public static async Task<CheckServer> StartBareAsync(CheckServer like, string kind) =>
        new(await BenchProcess.StartOwnAsync(BareHost.Command, kind), like._load, like._sessions, false);

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
        var cpu = _host.Cpu();
        var result = await RunAsync(requests, _sessions);
        CpuMicroseconds.Add((_host.Cpu() - cpu).TotalMicroseconds / requests);
        AllocatedBytes.Add((double)(await HeapAnswers.AskAsync(_host, "allocated") - allocated) / requests);
        Errors += result.Errors;
        Count += result.Requests;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _load.DisposeAsync();
    }

    private Task<LoadResult> RunAsync(int requests, int sessions) => CheckLoad.RandomAsync(_load, _port, requests, _seed++, sessions, _isNamed);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
