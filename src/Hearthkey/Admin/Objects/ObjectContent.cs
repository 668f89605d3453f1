using Hearthkey.Ui;

namespace Hearthkey.Admin.Objects;

/// <summary>A page about one thing.</summary>
/// <param name="Sentence">Below its name.</param>
public sealed record ObjectContent(Shell Shell, string? Sentence)
{
    /// <summary>Buttons beside the name.</summary>
    public Html? Actions { get; init; }

    public required Html Body { get; init; }

    public IResult Answer(HttpContext c, int status = StatusCodes.Status200OK) => c.Page(Slices.ObjectPage.Create(this), status);
}
