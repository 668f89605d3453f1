namespace Hearthkey.Storage;

/// <summary>Something of this kind has changed, on this node or another. May be told more than once.</summary>
public readonly record struct Change(string Kind, string Key);
