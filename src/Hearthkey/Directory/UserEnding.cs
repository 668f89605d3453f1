using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>
/// What an area below ends when a user is disabled, deleted or gets a new password: deletes its rows (sessions, grants) in the same unit.
/// Nodes hear of it by <see cref="UserChanges.End"/>, which is written beside it.
/// </summary>
/// <param name="EndAsync">Ends everything of the user with this key.</param>
public sealed record UserEnding(Func<Db, long, ValueTask> EndAsync);
