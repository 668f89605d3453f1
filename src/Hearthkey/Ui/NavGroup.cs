namespace Hearthkey.Ui;

/// <summary>A titled group of links in the admin interface's navigation. Texts are asked for at each page, in the reader's language.</summary>
/// <param name="Title">Heading; null for links that stand alone at the top.</param>
/// <param name="Items">Links in the order shown.</param>
public sealed record NavGroup(Func<string>? Title, params IReadOnlyList<NavItem> Items);

/// <summary>One link of the navigation; the page whose <see cref="Shell.Active"/> is this address is the current one.</summary>
public sealed record NavItem(string Href, Func<string> Text, Html Icon);
