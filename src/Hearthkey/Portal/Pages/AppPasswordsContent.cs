using Hearthkey.Catalog;
using Hearthkey.Directory;
using Hearthkey.Ui;

namespace Hearthkey.Portal.Pages;

/// <summary>What the page of one's own app passwords shows.</summary>
/// <param name="Passwords">Those that there are.</param>
/// <param name="Applications">What one can be limited to: key and name.</param>
/// <param name="Presets">Whose programs' paths one can be limited to.</param>
/// <param name="Now">The present, for times.</param>
/// <param name="AsksPassword">The proof of who sits here is old.</param>
public sealed record AppPasswordsContent(
    IReadOnlyList<Token> Passwords, IReadOnlyList<(string Value, string Text)> Applications, IReadOnlyList<PathPreset> Presets, DateTimeOffset Now, bool AsksPassword)
{
    /// <summary>What was typed.</summary>
    public string Purpose { get; init; } = "";

    public string Application { get; init; } = "";

    public string Preset { get; init; } = "";

    public bool IsReadOnly { get; init; }

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? PurposeError { get; init; }

    public string? PresetError { get; init; }

    public string? PasswordError { get; init; }

    /// <summary>The choices of what it is good for there.</summary>
    public IEnumerable<(string Value, string Text)> Parts =>
        Presets.Select(p => (p.Slug, Texts.Format(PortalStrings.AppPasswordPart, p.Name))).Prepend(("", PortalStrings.AppPasswordWhole));

    /// <summary>What one opens, as a line of the list.</summary>
    public string OpensOf(Token password) => password.LimitPaths is null ? NameOf(password) : Texts.Format(PortalStrings.AppPasswordSome, NameOf(password));

    /// <summary>The name of the application that one is limited to.</summary>
    private string NameOf(Token password) => password.LimitApplication is { } key
        ? Applications.FirstOrDefault(a => a.Value == key.ToString()).Text ?? PortalStrings.AppPasswordGone
        : PortalStrings.AppPasswordAll;
}

/// <summary>A new app password, shown once.</summary>
/// <param name="Username">What to enter beside it.</param>
public sealed record AppPasswordMade(string Purpose, string Username, string Key);
