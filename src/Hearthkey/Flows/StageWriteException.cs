namespace Hearthkey.Flows;

/// <summary>What a stage wanted to write is refused: the unit is undone, and the person reads the message.</summary>
public sealed class StageWriteException(string message) : Exception(message)
{
    /// <summary>Stands above the message.</summary>
    public string Title { get; init; } = FlowStrings.RefusedTitle;

    /// <summary>What the person can do now; a link beside it starts the flow again.</summary>
    public string Next { get; init; } = FlowStrings.RefusedNext;
}
