namespace Hearthkey.E2E.Support;

/// <summary>How a test wants the server started.</summary>
public sealed record ServerOptions
{
    /// <summary>Data folder to use; a new one that is removed at the end if none is given.</summary>
    public string? Data { get; init; }

    /// <summary>Port for plain http; a free one if none is given.</summary>
    public int? HttpPort { get; init; }

    public string? BootstrapPassword { get; init; }

    public string? BootstrapToken { get; init; }

    public string? BootstrapEmail { get; init; }

    /// <summary>Further environment variables; they win over those that the options above set.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Runs as the user nobody who owns the data folder, because root ignores the permissions of files.</summary>
    public bool OrdinaryUser { get; init; }

    /// <summary>False where the server is expected to stop by itself, or the test waits for something else.</summary>
    public bool WaitUntilReady { get; init; } = true;

    /// <summary>How long it may take to be ready; default 30 s.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);
}
