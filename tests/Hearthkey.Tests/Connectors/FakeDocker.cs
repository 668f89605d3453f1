using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Connectors;

/// <summary>A socket that answers like the Docker engine's.</summary>
internal sealed class FakeDocker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly List<(string Name, Dictionary<string, string> Labels)> _running = [];

    private FakeDocker(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public string Socket => Path.Combine(_folder, "docker.sock");

    /// <summary>Sent instead of the list; null: the list.</summary>
    public string? Instead { get; set; }

    public static async Task<FakeDocker> StartAsync()
    {
        var folder = global::System.IO.Directory.CreateTempSubdirectory("docker-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Path.Combine(folder, "docker.sock")));
        var app = builder.Build();
        var docker = new FakeDocker(app, folder);
        app.MapGet("/containers/json", (RequestDelegate)(c => c.Response.WriteAsync(docker.Instead ?? docker.List())));
        await app.StartAsync(ProviderSite.Ct);
        return docker;
    }

    /// <summary>Starts a container, or starts it anew with other labels.</summary>
    public void Run(string name, params string[] labels)
    {
        var read = labels.Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1]);
        lock (_running)
        {
            var at = _running.FindIndex(c => c.Name == name);
            if (at < 0) _running.Add((name, read));
            else _running[at] = (name, read);
        }
    }

    public void Stop(string name)
    {
        lock (_running) _running.RemoveAll(c => c.Name == name);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }

    private string List()
    {
        lock (_running)
            return new JsonArray([.. Enumerable.Reverse(_running).Select(c => (JsonNode)new JsonObject
            {
                ["Id"] = c.Name,
                ["Names"] = new JsonArray("/" + c.Name),
                ["Labels"] = new JsonObject(c.Labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
            })]).ToJsonString();
    }
}
