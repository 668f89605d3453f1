namespace Hearthkey.Hosting;

/// <summary>A background job that runs again and again, also after it failed.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Every">Pause between two runs.</param>
/// <param name="RunAsync">One run; it must end soon after its token is cancelled.</param>
public sealed record Periodic(string Name, TimeSpan Every, Func<CancellationToken, Task> RunAsync);
