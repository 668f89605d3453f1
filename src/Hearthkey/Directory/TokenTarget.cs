using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>What app passwords can be limited to. The area that owns it registers one.</summary>
/// <param name="NameAsync">The name of the one with this key, or null where there is none.</param>
public sealed record TokenTarget(Func<Db, Guid, ValueTask<string?>> NameAsync);
