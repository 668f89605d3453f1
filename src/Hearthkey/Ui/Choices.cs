namespace Hearthkey.Ui;

/// <summary>Fields that choose among things: one, or several.</summary>
public static class Choices
{
    /// <summary>
    /// Several of many: what is available on the left, what is selected on the right; ticking moves a row over. It is a list of check boxes, so it
    /// works without JavaScript; with it the list can be searched.
    /// </summary>
    public static Html DuoList(
        string name, string label, IReadOnlyCollection<Choice> choices, IReadOnlyCollection<string> selected, string? help = null, string? error = null) => $"""
        <fieldset class="field duo" id="f-{name}"{Fields.Described(name, help, error):aria-describedby}><legend>{label}</legend>{Fields.Note(name, help, error)}
          <div class="duo-box">
            <div class="duo-top js-only">{Icon.Search}<input class="input" type="search" data-filter="l-{name}" placeholder="{Strings.Search}" aria-label="{Strings.Search}: {label}" autocomplete="off"></div>
            <div class="duo-heads" aria-hidden="true"><span>{Strings.Available}</span><span>{Strings.Selected}</span></div>
            <ul class="duo-list" id="l-{name}" tabindex="-1">{Html.Join(choices, choice => Row(name, choice, selected.Contains(choice.Value)))}</ul>
            {(choices.Count == 0 ? None() : null)}
          </div></fieldset>
        """;

    /// <summary>One of a few, each with a sentence that explains it.</summary>
    public static Html RadioCards(string name, string label, string? value, IEnumerable<Choice> choices, string? error = null) => $"""
        <fieldset class="field cards" id="f-{name}"{Fields.Described(name, null, error):aria-describedby}><legend>{label}</legend>
          {Html.Join(choices, choice => $"""<label class="radio-card"><input type="radio" name="{name}" value="{choice.Value}"{choice.Value == value:checked}{choice.IsUnavailable:disabled}><span><strong>{choice.Text}</strong>{Small(choice.Detail)}</span></label>""")}
          {Fields.Note(name, null, error)}</fieldset>
        """;

    private static Html Row(string name, Choice choice, bool on) =>
        $"""<li><label><input type="checkbox" name="{name}" value="{choice.Value}"{on:checked}><span>{choice.Text}{Small(choice.Detail)}</span></label></li>""";

    private static Html? Small(string? text)
    {
        if (text is null) return null;
        return $"<small>{text}</small>";
    }

    private static Html None() => $"""<p class="duo-none">{Strings.NothingToChoose}</p>""";
}

/// <summary>Something that can be chosen: what is sent, what is read, and a second line.</summary>
/// <param name="IsUnavailable">Shown, but cannot be chosen; the second line says why. Among cards only.</param>
public sealed record Choice(string Value, string Text, string? Detail = null, bool IsUnavailable = false);
