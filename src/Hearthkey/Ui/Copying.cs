namespace Hearthkey.Ui;

/// <summary>Values that people carry elsewhere: shown whole, copied with one press, selectable without JavaScript.</summary>
public static class Copying
{
    /// <summary>A value to copy, not part of what the form sends.</summary>
    public static Html CopyField(string id, string label, string value, string? help = null) => $"""
        <div class="field">{Fields.Label(id, label, required: false)}
          <div class="group"><input class="input mono" id="f-{id}" value="{value}" readonly{Fields.Described(id, help, null):aria-describedby}>{CopyButton($"f-{id}", label)}</div>
          {Fields.Note(id, help, null)}</div>
        """;

    /// <summary>A secret to copy: hidden until it is asked for. Give it only to somebody who may read it.</summary>
    public static Html Secret(string id, string label, string value, string? help = null) => $"""
        <div class="field">{Fields.Label(id, label, required: false)}
          <div class="group"><input class="input mono" id="f-{id}" type="password" value="{value}" readonly autocomplete="off"{Fields.Described(id, help, null):aria-describedby}>
            {RevealButton($"f-{id}", label)}{CopyButton($"f-{id}", label)}</div>
          {Fields.Note(id, help, null)}</div>
        """;

    /// <summary>Several lines to copy, such as a proxy's configuration.</summary>
    public static Html CodeBlock(string id, string label, string code) => $"""
        <figure class="code"><figcaption><span>{label}</span>{CopyButton($"c-{id}", label, isLabelled: true)}</figcaption>
        <pre tabindex="0" role="region" aria-label="{label}"><code id="c-{id}">{code}</code></pre></figure>
        """;

    public static Html CopyButton(string targetId, string label, bool isLabelled = false) => $"""
        <button type="button" class="btn {(isLabelled ? "ghost sm" : "icon")} js-only" data-copy="{targetId}" data-copied="{Strings.Copied}" aria-label="{Strings.Copy} {label}" title="{Strings.Copy}">{Icon.Copy}{Icon.Check}{(isLabelled ? Strings.Copy : null)}</button>
        """;

    internal static Html RevealButton(string targetId, string label) => $"""
        <button type="button" class="btn icon js-only" data-reveal="{targetId}" aria-pressed="false" aria-label="{Strings.Show} {label}" title="{Strings.Show}">{Icon.Eye}{Icon.EyeOff}</button>
        """;
}
