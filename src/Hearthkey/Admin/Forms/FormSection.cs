namespace Hearthkey.Admin.Forms;

/// <summary>Fields of a form that belong together.</summary>
public sealed record FormSection(string Title, string? Help, params IReadOnlyList<FormField> Fields);
