namespace Hearthkey.Storage;

/// <summary>This program and the schema of the database do not fit together; the program must not go on. The message says what to do.</summary>
public sealed class SchemaException : Exception
{
    public SchemaException()
    {
    }

    public SchemaException(string message)
        : base(message)
    {
    }

    public SchemaException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
