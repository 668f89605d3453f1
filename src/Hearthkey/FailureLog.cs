namespace Hearthkey;

/// <summary>What failed, under the reference that the person was shown.</summary>
internal static partial class FailureLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, reference {Reference}.")]
    public static partial void Failed(ILogger log, string method, string path, string reference, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} found no database, reference {Reference}: {Reason}")]
    public static partial void Storage(ILogger log, string method, string path, string reference, string reason);
}
