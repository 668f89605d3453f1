namespace Hearthkey;

/// <summary>What failed, under the reference that the person was shown.</summary>
internal static partial class FailureLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed, reference {Reference}.")]
    public static partial void Failed(ILogger log, string method, string route, string reference, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} could not use the database, reference {Reference}: {Reason}")]
    public static partial void Storage(ILogger log, string method, string route, string reference, string reason);
}
