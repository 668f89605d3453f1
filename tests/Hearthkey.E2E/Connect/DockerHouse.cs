using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Connect;

/// <summary>A server that may look at a Docker engine, and protects what asks for it.</summary>
public sealed class DockerHouse : House
{
    private readonly int _port = FreePort.Next();

    public DockerEngine Docker { get; private set; } = null!;

    public override Uri Address => new($"http://localhost:{_port}");

    protected override ServerOptions Options => new()
    {
        BootstrapPassword = Password,
        BootstrapToken = Token,
        BootstrapEmail = "admin@home.test",
        HttpPort = _port,
        Environment = new Dictionary<string, string>
        {
            ["HEARTHKEY_WEB__BASE_URL"] = $"http://localhost:{_port}",
            ["HEARTHKEY_DOCKER__SOCKET"] = Docker.Socket,
            ["HEARTHKEY_DOCKER__PROTECT"] = "true",
        },
    };

    protected override async Task PrepareAsync() => Docker = await KeepAsync(DockerEngine.StartAsync());
}
