using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Hearthkey.Bench.Processes;

/// <summary>
/// A process beside the bench. One of ours answers each line on its standard input with a line that begins with <c>= </c>; everything else it
/// prints is its log. It ends when its standard input does, so none is left behind.
/// </summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private const int Sigterm = 15;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);

    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _log = new();
    private bool _isDisposed;

    private BenchProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>What it said when it was ready.</summary>
    public string[] Ready { get; private set; } = [];

    public bool HasEnded => _process.HasExited;

    public string Log
    {
        get { lock (_log) return _log.ToString(); }
    }

    /// <summary>This program once more, as one of its own parts; returns when it has said that it is ready.</summary>
    public static Task<BenchProcess> StartOwnAsync(params string[] args) =>
        StartAnsweringAsync("dotnet", [typeof(BenchProcess).Assembly.Location, .. args]);

    /// <summary>A program that says <c>= </c> and something when it is ready.</summary>
    public static async Task<BenchProcess> StartAnsweringAsync(
        string program, IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var process = Start(program, args, environment, folder);
        process.Ready = await process.AnswerAsync();
        return process;
    }

    /// <summary>Any program, with nothing of this process's environment but what programs need to run.</summary>
    public static BenchProcess Start(
        string program, IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(n => n is not ("PATH" or "HOME" or "LANG" or "TMPDIR")).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new BenchProcess(start);
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static async Task<string> OutputAsync(string program, string[] args, string folder)
    {
        await using var process = Start(program, args, folder: folder);
        await process._process.WaitForExitAsync();
        return process._process.ExitCode == 0 ? process.Log : throw new InvalidOperationException($"{program} failed: {process.Log}");
    }

    /// <summary>Sends a line and returns its answer, split at blanks.</summary>
    public async Task<string[]> AskAsync(FormattableString line)
    {
        await _process.StandardInput.WriteLineAsync(FormattableString.Invariant(line));
        await _process.StandardInput.FlushAsync();
        return await AnswerAsync();
    }

    /// <summary>Time that all its threads have spent so far, in user and kernel mode: <c>utime</c> and <c>stime</c> of proc(5), in ticks of 10 ms.</summary>
    public TimeSpan Cpu()
    {
        var stat = File.ReadAllText($"/proc/{Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (Number(fields[11]) + Number(fields[12])));
    }

    /// <summary>Resident memory in bytes: <c>VmRSS</c> of proc(5).</summary>
    public long ResidentBytes() =>
        1024 * Number(File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ')[^2]);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            // ours end with their input; a server wants to be told
            if (!await EndsWithinAsync(TimeSpan.FromMilliseconds(100))) _ = SendSignal(Id, Sigterm);
            if (!await EndsWithinAsync(TimeSpan.FromSeconds(5))) _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private async Task<bool> EndsWithinAsync(TimeSpan limit)
    {
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(limit, TimeProvider.System));
        return _process.HasExited;
    }

    private async Task<string[]> AnswerAsync()
    {
        using var limit = new CancellationTokenSource(_patience, TimeProvider.System);
        try
        {
            return (await _answers.Reader.ReadAsync(limit.Token)).Split(' ');
        }
        catch (ChannelClosedException)
        {
            throw new InvalidOperationException($"{_process.StartInfo.Arguments} {string.Join(' ', _process.StartInfo.ArgumentList)} ended:\n{Log}");
        }
    }

    private void Take(string? line)
    {
        if (line is null) _answers.Writer.TryComplete();
        else if (line.StartsWith("= ", StringComparison.Ordinal)) _answers.Writer.TryWrite(line[2..]);
        else Keep(line);
    }

    private void Keep(string? line)
    {
        lock (_log) _log.AppendLine(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
