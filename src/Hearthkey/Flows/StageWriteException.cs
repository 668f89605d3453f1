namespace Hearthkey.Flows;

/// <summary>What a stage wanted to write is refused: the unit is undone, and the person reads the message.</summary>
public sealed class StageWriteException(string message) : Exception(message);
