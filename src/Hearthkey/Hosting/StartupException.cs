namespace Hearthkey.Hosting;

/// <summary>The server cannot start as it is configured: the message tells the operator what to change, no stack trace is shown.</summary>
public sealed class StartupException(string message) : Exception(message);
