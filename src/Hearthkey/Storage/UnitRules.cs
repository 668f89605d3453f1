namespace Hearthkey.Storage;

/// <summary>
/// What every unit of a store shares: the clock, and the kinds of change that PostgreSQL announces at once.
/// NOTIFY takes a global lock at commit, so these are the kinds of configuration only.
/// </summary>
internal sealed record UnitRules(TimeProvider Time, IReadOnlySet<string> NotifiedKinds)
{
    public const string Channel = "hearthkey_change";
}
