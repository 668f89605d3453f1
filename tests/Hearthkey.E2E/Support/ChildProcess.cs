using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Hearthkey.E2E.Support;

/// <summary>A program that runs beside the test. Both its outputs are read all the time, so that a full pipe never stops it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const int Sigquit = 3;
    private const int Sigkill = 9;

    // a machine that runs all tests at once is slow
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private ChildProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Everything it has printed so far, both outputs in the order of arrival.</summary>
    public string Log
    {
        get { lock (_log) return _log.ToString(); }
    }

    /// <summary>
    /// Starts a program with nothing of this process's environment but PATH, HOME and the language; as another user
    /// through <c>setpriv</c>, which only root can.
    /// </summary>
    public static ChildProcess Start(string name, string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null, string? folder = null, string? user = null)
    {
        var start = new ProcessStartInfo(user is null ? program : "setpriv")
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        if (user is not null)
        {
            foreach (var part in (string[])[$"--reuid={user}", $"--regid={GroupOf(user)}", "--clear-groups", program]) start.ArgumentList.Add(part);
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var variable in start.Environment.Keys.ToList())
        {
            if (variable is not ("PATH" or "HOME" or "LANG" or "TMPDIR")) start.Environment.Remove(variable);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        var child = new ChildProcess(name, new Process { StartInfo = start });
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end; a non-zero exit code is an error that shows what it printed.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? folder = null, string? user = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var child = Start(Path.GetFileName(program), program, arguments, environment, folder, user);
        child._process.StandardInput.Close();
        await child.WaitForEndAsync(TimeSpan.FromMinutes(2));
        return child.ExitCode == 0 ? child.Log : throw new InvalidOperationException($"{child.Name} ended with {child.ExitCode}:\n{child.Log}");
    }

    /// <summary>True while it runs; an error with its log once it has ended.</summary>
    public bool ThrowIfEnded() =>
        !HasEnded ? true : throw new InvalidOperationException($"{Name} ended with {ExitCode}:\n{Log}");

    /// <summary>SIGKILL: no chance to write anything.</summary>
    public Task KillAsync() => EndAsync(Sigkill);

    /// <summary>SIGTERM: an orderly end.</summary>
    public Task StopAsync() => EndAsync(Sigterm);

    /// <summary>SIGQUIT: nginx finishes what it does, PostgreSQL drops everything at once.</summary>
    public Task QuitAsync() => EndAsync(Sigquit);

    public async Task WaitForEndAsync(TimeSpan? limit = null)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit ?? _patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} does not end.\n{Log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
        {
            Send(Sigterm);
            try
            {
                await WaitForEndAsync(TimeSpan.FromSeconds(5));
            }
            catch (TimeoutException)
            {
                Send(Sigkill);
                await WaitForEndAsync();
            }
        }

        _process.Dispose();
    }

    private static string GroupOf(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(field => field[0] == user)[3];

    private async Task EndAsync(int signal)
    {
        if (!HasEnded) Send(signal);
        await WaitForEndAsync();
    }

    // a process that has just ended cannot be signalled: whoever asked waits for the end anyway
    private void Send(int signal) => _ = SendSignal(Id, signal);

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
