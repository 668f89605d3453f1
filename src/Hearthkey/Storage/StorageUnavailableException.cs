using System.Data.Common;

namespace Hearthkey.Storage;

/// <summary>The database is out of reach, locked, read-only or full: a dead dependency, answered with 503. The message is for the operator.</summary>
public sealed class StorageUnavailableException : DbException
{
    public StorageUnavailableException()
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
