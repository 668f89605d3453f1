namespace Hearthkey.Ui;

/// <summary>What a page tells its layout.</summary>
/// <param name="Title">Window title, before the brand's.</param>
/// <param name="Active">Address of the navigation link that this page belongs to.</param>
/// <param name="Crumbs">The way here, without the page itself.</param>
public sealed record Shell(string Title, string Active = "", params IReadOnlyList<Crumb> Crumbs);

/// <summary>One step of the way to a page.</summary>
public sealed record Crumb(string Text, string Href);
