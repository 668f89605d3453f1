namespace Hearthkey.Storage;

/// <summary>Which database answers. SQL is written for both; the few differences ask for this value.</summary>
public enum Dialect
{
    Sqlite,
    Postgres,
}
