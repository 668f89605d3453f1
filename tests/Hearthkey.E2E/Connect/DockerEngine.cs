using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Connect;

/// <summary>A real Docker engine with folders of its own and no network, and one image: a program that waits. Needs root, or <c>sudo</c> without a password.</summary>
public sealed class DockerEngine : IAsyncDisposable
{
    private const string Wait = """
        void _start(void) {
        #if defined(__x86_64__)
            for (;;) __asm__ volatile("syscall" :: "a"(34L) : "rcx", "r11", "memory");
        #else
            register long call __asm__("x8") = 73;
            register long a __asm__("x0") = 0, b __asm__("x1") = 0, c __asm__("x2") = 0, d __asm__("x3") = 0;
            for (;;) __asm__ volatile("svc 0" : "+r"(a) : "r"(call), "r"(b), "r"(c), "r"(d) : "memory");
        #endif
        }
        """;

    private readonly TempFolder _folder = new("docker");
    private ChildProcess? _process;

    private DockerEngine()
    {
    }

    public string Socket => _folder.At("docker.sock");

    public static async Task<DockerEngine> StartAsync()
    {
        var engine = new DockerEngine();
        try
        {
            await engine.BeginAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a container with these labels.</summary>
    public Task RunAsync(string name, params string[] labels) => DockerAsync(
        ["run", "-d", "--network", "none", "--name", name, .. labels.SelectMany(l => new[] { "--label", l }), "wait"]);

    public Task RemoveAsync(string name) => DockerAsync("rm", "-f", name);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasEnded: false })
        {
            var running = (await DockerAsync("ps", "-aq")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (running.Length > 0) await DockerAsync(["rm", "-f", .. running]);
        }
        if (_process is not null) await _process.DisposeAsync();
        if (!Environment.IsPrivilegedProcess) await ChildProcess.RunAsync("sudo", ["-n", "rm", "-rf", _folder.At("data"), _folder.At("run")]);
        _folder.Dispose();
    }

    private async Task BeginAsync()
    {
        await File.WriteAllTextAsync(_folder.At("wait.c"), Wait);
        await ChildProcess.RunAsync("clang", ["-static", "-nostdlib", "-O1", "-o", _folder.At("wait"), _folder.At("wait.c")]);
        await ChildProcess.RunAsync("tar", ["-C", _folder.Path, "-cf", _folder.At("image.tar"), "wait"]);
        var group = (await ChildProcess.RunAsync("id", ["-gn"])).Trim();
        string[] arguments =
        [
            "--data-root", _folder.At("data"), "--exec-root", _folder.At("run"), "-H", "unix://" + Socket, "--pidfile", _folder.At("pid"), "--group", group,
            "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs",
        ];
        _process = Environment.IsPrivilegedProcess
            ? ChildProcess.Start("dockerd", "/usr/sbin/dockerd", arguments)
            : ChildProcess.Start("dockerd", "sudo", ["-n", "/usr/sbin/dockerd", .. arguments]);
        await Support.Wait.ForAsync("the Docker engine to listen", () => Task.FromResult(_process.ThrowIfEnded() && File.Exists(Socket)), TimeSpan.FromSeconds(60), () => _process.Log);
        await DockerAsync("import", "-c", "CMD [\"/wait\"]", _folder.At("image.tar"), "wait");
    }

    private Task<string> DockerAsync(params string[] arguments) => ChildProcess.RunAsync("/usr/bin/docker", ["-H", "unix://" + Socket, .. arguments]);
}
