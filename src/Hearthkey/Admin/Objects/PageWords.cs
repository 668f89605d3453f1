namespace Hearthkey.Admin.Objects;

/// <summary>What the pages of one kind of object say.</summary>
/// <param name="Title">Title of the list and name in the navigation.</param>
/// <param name="Sentence">One sentence below the title.</param>
/// <param name="Create">Title of the page that creates one.</param>
/// <param name="Delete">What deleting one means for people.</param>
public sealed record PageWords(string Title, string Sentence, string Create, string Delete);
