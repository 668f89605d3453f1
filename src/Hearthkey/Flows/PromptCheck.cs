namespace Hearthkey.Flows;

/// <summary>What an answer to a prompt with this key must look like; registered by whoever uses the answer.</summary>
/// <param name="Mistake">What is wrong with a text, as a sentence for the person; null where nothing is.</param>
public sealed record PromptCheck(string FieldKey, Func<string, string?> Mistake);
