namespace Hearthkey;

/// <summary>What is said while starting.</summary>
internal static partial class StartLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void Setting(ILogger log, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Port {Port} is taken: HTTPS is off. Set LISTEN__HTTPS to another address to have it.")]
    public static partial void HttpsTaken(ILogger log, int port);
}
