using Hearthkey.Ui;

namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>Renders one field of a prompt.</summary>
internal static class PromptFields
{
    public static Html Of(StagePrompt field, string? error)
    {
        var help = field.SubText.Length == 0 ? null : field.SubText;
        var (name, label, value) = (field.FieldKey, field.Label, field.InitialValue);
        var placeholder = field.Placeholder.Length == 0 ? null : field.Placeholder;
        return field.Type switch
        {
            "static" => $"""<p class="sub">{(value.Length == 0 ? label : value)}</p>""",
            "separator" => $"""<div class="or"><span>{label}</span></div>""",
            "alert_info" => Feedback.Alert(value.Length == 0 ? label : value, Tone.Note),
            "alert_warning" => Feedback.Alert(value.Length == 0 ? label : value, Tone.Warning),
            "alert_danger" => Feedback.Alert(value.Length == 0 ? label : value),
            "password" => Fields.Password(name, label, help, error, "new-password"),
            "email" => Fields.Field(name, label, value, help, error, "email", field.Required, placeholder, "email"),
            "text_area" => Fields.Area(name, label, value, help, error, required: field.Required, placeholder: placeholder),
            _ => Fields.Field(name, label, value, help, error, required: field.Required, placeholder: placeholder),
        };
    }
}
