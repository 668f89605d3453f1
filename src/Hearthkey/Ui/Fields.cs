using Microsoft.AspNetCore.Html;

namespace Hearthkey.Ui;

/// <summary>One field of a form each: label, control, help or error. The control's id is <c>f-</c> and its name.</summary>
public static class Fields
{
    /// <summary>The hidden field that carries the forgery token; in every form that posts.</summary>
    public static Html Csrf(HttpContext c) => $"""<input type="hidden" name="{Hosting.Csrf.Field}" value="{c.Ui().Csrf}">""";

    public static Html Hidden(string name, string? value) => $"""<input type="hidden" name="{name}"{value:value}>""";

    public static Html Field(
        string name, string label, string? value = null, string? help = null, string? error = null, string type = "text", bool required = false,
        string? placeholder = null, string? autocomplete = null, bool mono = false, bool focus = false, bool isReadOnly = false) => $"""
        <div class="field">{Label(name, label, required)}
          <input class="input{(mono ? " mono" : "")}" id="f-{name}" name="{name}" type="{type}"{value:value}{placeholder:placeholder}{autocomplete:autocomplete}{required:required}{focus:autofocus}{isReadOnly:readonly}{Described(name, help, error):aria-describedby}{Invalid(error):aria-invalid}>
          {Note(name, help, error)}</div>
        """;

    /// <summary>A password to type: it can be shown, is never sent back in the page.</summary>
    public static Html Password(
        string name, string label, string? help = null, string? error = null, string autocomplete = "current-password", bool focus = false, IHtmlContent? aside = null) => $"""
        <div class="field"><div class="row">{Label(name, label, required: false)}{aside}</div>
          <div class="group"><input class="input" id="f-{name}" name="{name}" type="password" autocomplete="{autocomplete}" required{focus:autofocus}{Described(name, help, error):aria-describedby}{Invalid(error):aria-invalid}>
            {Copying.RevealButton($"f-{name}", label)}</div>
          {Note(name, help, error)}</div>
        """;

    public static Html Area(
        string name, string label, string? value = null, string? help = null, string? error = null, int rows = 3, bool required = false,
        bool mono = false, string? placeholder = null) => $"""
        <div class="field">{Label(name, label, required)}
          <textarea class="input{(mono ? " mono" : "")}" id="f-{name}" name="{name}" rows="{rows}"{placeholder:placeholder}{required:required}{Described(name, help, error):aria-describedby}{Invalid(error):aria-invalid}>
        {value}</textarea>
          {Note(name, help, error)}</div>
        """;

    public static Html Select(
        string name, string label, string? value, IEnumerable<(string Value, string Text)> options, string? help = null, string? error = null, bool required = false) => $"""
        <div class="field">{Label(name, label, required)}
          <span class="select"><select class="input" id="f-{name}" name="{name}"{required:required}{Described(name, help, error):aria-describedby}{Invalid(error):aria-invalid}>{Options(options, value)}</select>{Icon.Selector}</span>
          {Note(name, help, error)}</div>
        """;

    public static Html Options(IEnumerable<(string Value, string Text)> options, string? value) =>
        Html.Join(options, o => $"""<option value="{o.Value}"{o.Value == value:selected}>{o.Text}</option>""");

    /// <summary>A box to tick, or a switch; sends <c>true</c> when it is on, nothing when it is off.</summary>
    public static Html Check(string name, string label, bool on, string? help = null, string? error = null, bool isSwitch = false) => $"""
        <div class="check"><input type="checkbox" id="f-{name}" name="{name}" value="true"{on:checked}{(isSwitch ? "switch" : null):class}{(isSwitch ? "switch" : null):role}{Described(name, help, error):aria-describedby}{Invalid(error):aria-invalid}>
          <div><label for="f-{name}">{label}</label>{Note(name, help, error)}</div></div>
        """;

    internal static Html Label(string name, string label, bool required) =>
        $"""<label for="f-{name}">{label}{(required ? Html.Raw(" <span class=\"req\" aria-hidden=\"true\">*</span>") : null)}</label>""";

    internal static string? Described(string name, string? help, string? error) => (error, help) switch
    {
        (not null, _) => $"e-{name}",
        (_, not null) => $"h-{name}",
        _ => null,
    };

    internal static string? Invalid(string? error) => error is null ? null : "true";

    internal static Html? Note(string name, string? help, string? error) => (error, help) switch
    {
        (not null, _) => $"""<p class="err" id="e-{name}">{Icon.AlertCircle}<span>{error}</span></p>""",
        (_, not null) => $"""<p class="help" id="h-{name}">{help}</p>""",
        _ => null,
    };
}
