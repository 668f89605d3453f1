using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Flows;

/// <summary>npm <c>oidc-provider</c>, in memory.</summary>
internal static class PeerServer
{
    private static readonly string _folder = Path.Combine(Repository.Root, "tests", "Hearthkey.Bench", "node");

    /// <summary>Installs what the lock file says, where that has not been done.</summary>
    public static async Task InstallAsync()
    {
        if (!global::System.IO.Directory.Exists(Path.Combine(_folder, "node_modules", "oidc-provider"))) await BenchProcess.OutputAsync("npm", ["ci"], _folder);
    }

    public static async Task<FlowServer> StartAsync(string algorithm)
    {
        const string ClientId = "bench", Secret = "a-secret-of-the-bench-that-is-long-enough";
        var process = await BenchProcess.StartAnsweringAsync(
            "node", ["provider.mjs", algorithm, ClientId, Secret, FlowTarget.RedirectUri], new Dictionary<string, string> { ["NODE_ENV"] = "production" }, _folder);
        var root = $"http://127.0.0.1:{process.Ready[0]}";
        return await FlowServer.SignInAsync(process, new FlowTarget(root + "/auth", root + "/token", ClientId, Secret, algorithm, []), new Dictionary<string, string>());
    }
}
