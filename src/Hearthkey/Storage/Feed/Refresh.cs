namespace Hearthkey.Storage.Feed;

/// <summary>What one catch-up found: the changes, or that some may have been missed.</summary>
internal readonly record struct Refresh(bool IsLost, IReadOnlyList<Change> Changes);
