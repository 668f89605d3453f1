namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>Kinds of prompt fields.</summary>
internal static class PromptTypes
{
    /// <summary>Those that are asked and shown.</summary>
    public static readonly string[] Built = ["text", "text_area", "email", "password", "hidden", "static", "separator", "alert_info", "alert_warning", "alert_danger"];

    public static readonly string[] Unbuilt =
        ["text_read_only", "text_area_read_only", "username", "number", "checkbox", "radio-button-group", "dropdown", "date", "date-time", "file", "ak-locale"];

    /// <summary>Only shown: no answer is read.</summary>
    public static bool IsShown(string type) => type is "static" or "separator" or "alert_info" or "alert_warning" or "alert_danger";
}
