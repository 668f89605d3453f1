using System.Net.Http.Headers;

namespace Hearthkey.E2E.Support;

/// <summary>
/// One running server and what stands around it, shared by the tests of one class:
/// <c>public sealed class SignIn(House house) : IClassFixture&lt;House&gt;</c>. A scenario that needs proxies, apps or a database derives
/// from it and starts them in <see cref="FurnishAsync"/>. Everything that was put in is ended in reverse order, and the logs are kept.
/// </summary>
public class House : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    /// <summary>Password of <c>akadmin</c>, unless the options of a derived house say otherwise.</summary>
    public const string Password = "correct horse battery";

    /// <summary>API token of <c>akadmin</c>.</summary>
    public const string Token = "e2e-token-0123456789abcdef0123456789abcdef";

    public HostMap Hosts { get; } = new();

    public ServerProcess Server { get; private set; } = null!;

    public Browser Browser { get; private set; } = null!;

    /// <summary>The generated API client with the token of <c>akadmin</c>.</summary>
    public NodeClient Api { get; private set; } = null!;

    /// <summary>Where browsers and the API client reach the server; default its own http port.</summary>
    public virtual Uri Address => Server.Http;

    protected virtual ServerOptions Options => new() { BootstrapPassword = Password, BootstrapToken = Token, BootstrapEmail = "admin@home.test" };

    /// <summary>False where no page is looked at: <see cref="Browser"/> is not there then.</summary>
    protected virtual bool HasBrowser => true;

    /// <summary>A client of .NET that finds the test's names; it neither follows redirects nor keeps cookies unless asked to.</summary>
    public HttpClient CreateClient(bool followRedirects = false, bool keepCookies = false) => Hosts.CreateClient(followRedirects, keepCookies);

    /// <summary>A client of the API with the token of <c>akadmin</c>, for requests without the generated one.</summary>
    public HttpClient CreateApiClient(string? token = Token)
    {
        var client = Hosts.CreateClient();
        client.BaseAddress = Address;
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Puts a part in; it is ended with the house.</summary>
    public T Keep<T>(T part) where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>Waits for a part to start and puts it in.</summary>
    public async Task<T> KeepAsync<T>(Task<T> part) where T : IAsyncDisposable => Keep(await part);

    public async ValueTask InitializeAsync()
    {
        try
        {
            await PrepareAsync();
            Server = await KeepAsync(ServerProcess.StartAsync(Options));
            await FurnishAsync();
            if (HasBrowser) Browser = await KeepAsync(Browser.StartAsync(Hosts));
            Api = Keep(NodeClient.Start(Address, Token, Hosts));
        }
        catch
        {
            // a fixture that did not start is not disposed of by the runner
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) await File.WriteAllTextAsync(Path.Combine(Repository.Traces, $"{GetType().Name}.server.log"), Server.Log);
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts what the server needs before it starts, such as a database.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Starts what stands around the server: apps, proxies. Names can still be led elsewhere here.</summary>
    protected virtual Task FurnishAsync() => Task.CompletedTask;
}
