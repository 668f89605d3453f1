namespace Hearthkey.Ui;

/// <summary>A message that is shown once, on the page after a redirect.</summary>
public sealed record Flash(FlashKind Kind, string Text);

public enum FlashKind
{
    Done,
    Problem,
}
