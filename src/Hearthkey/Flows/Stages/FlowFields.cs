using Hearthkey.Ui;

namespace Hearthkey.Flows.Stages;

/// <summary>Fields whose ids and names password fillers and scripts of authentik users know: <c>uid_field</c> and <c>password</c>.</summary>
internal static class FlowFields
{
    public static Html Login(string label, string? value, string? error, bool isFocused) => $"""
        <div class="field"><label for="uid_field">{label}</label>
          <input class="input" id="uid_field" name="uid_field" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254" required{value:value}{isFocused:autofocus}{Described("uid_field", error):aria-describedby}{Fields.Invalid(error):aria-invalid}>
          {Fields.Note("uid_field", null, error)}</div>
        """;

    public static Html Password(string? error, bool canShow, bool isFocused) => $"""
        <div class="field"><label for="password">{FlowStrings.Password}</label>
          <div class="group"><input class="input" id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required{isFocused:autofocus}{Described("password", error):aria-describedby}{Fields.Invalid(error):aria-invalid}>{(canShow ? Copying.RevealButton("password", FlowStrings.Password) : null)}</div>
          {Fields.Note("password", null, error)}</div>
        """;

    /// <summary>Who this is about, and the way back for somebody else. The hidden field tells password fillers whose password it is.</summary>
    public static Html Chip(string name, string changeUrl) => $"""
        <div class="chip"><span class="avatar sm" aria-hidden="true">{Initial(name)}</span><span class="grow">{name}</span><a href="{changeUrl}">{FlowStrings.NotYou}</a></div>
        <input class="sr" tabindex="-1" aria-hidden="true" autocomplete="username" value="{name}" readonly>
        """;

    private static string? Described(string name, string? error) => error is null ? null : $"e-{name}";

    private static string Initial(string name) => name.Length == 0 ? "?" : global::System.Globalization.StringInfo.GetNextTextElement(name).ToUpperInvariant();
}
