using System.Text.Json.Nodes;
using Hearthkey.Catalog;
using Hearthkey.ForwardAuth;
using Hearthkey.Outpost;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>
/// Offers the paths that the programs of well-known applications need: a button sends the form and gives it back with them added to the lines of
/// another field. It stands below that field and sends nothing of its own.
/// </summary>
/// <param name="target">The field that gets the lines: several lines of text, or a list.</param>
/// <param name="added">What it means once the form is saved; <c>{0}</c> is what guards the paths then.</param>
public sealed class PresetField(string target, PathPresets presets, string added) : FormField("preset", AdminStrings.Preset)
{
    private const string Host = "preset_host", Add = "add-preset";

    private bool _isNew;

    /// <summary>The form is of a provider, which may protect a whole domain: its patterns are then of whole URLs, so that the host must be told.</summary>
    public bool HasHost { get; init; }

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        if (form["op"] != Add) return;
        if (presets.Find(form[Name].ToString()) is not { } preset) errors.Add(Name, AdminStrings.PresetWanted);
        else if (!HasHost || form["mode"] != ProxyProviders.Domain) Append(into, preset.Paths);
        else if (OriginOf(form, errors) is { } origin) Append(into, preset.Below(origin));
    }

    protected override Html Control(FormView view)
    {
        var (form, error) = (view.Visit.Form, view.Error(Name));
        var options = presets.All.Select(preset => (preset.Slug, preset.Name)).Prepend(("", AdminStrings.PresetNone));
        return $"""
            <div class="field">{Fields.Label(Name, Label, required: false)}
              <div class="preset"><span class="select"><select class="input" id="f-{Name}" name="{Name}"{Fields.Described(Name, Help, error):aria-describedby}{Fields.Invalid(error):aria-invalid}>{Fields.Options(options, form?[Name])}</select>{Icon.Selector}</span>
                {(HasHost ? HostBox(form?[Host]) : null)}
                <button class="btn" name="op" value="{Add}" formnovalidate hx-post="" hx-target="#form" hx-swap="outerMorph">{Icon.Plus}{AdminStrings.PresetAdd}</button></div>
              {Fields.Note(Name, Help, error)}{Outcome(view, error)}</div>
            """;
    }

    private static Html HostBox(string? value) =>
        $"""<input class="input mono only-domain" name="{Host}" value="{value}" placeholder="sonarr.example.com" aria-label="{AdminStrings.PresetHost}" autocomplete="off">""";

    private Html? Outcome(FormView view, string? error)
    {
        if (view.Visit.Op != Add || error is not null || presets.Find(view.Visit.Form![Name].ToString()) is not { } preset) return null;
        return Feedback.Alert(Texts.Format(added, preset.Guard), Tone.Warning, Texts.Format(_isNew ? AdminStrings.PresetAdded : AdminStrings.PresetThere, preset.Name));
    }

    private void Append(JsonObject into, IEnumerable<string> paths)
    {
        if (into[target] is JsonArray list)
        {
            foreach (var path in paths.Except([.. list.Select(line => line!.ToString())]))
            {
                list.Add((JsonNode)path);
                _isNew = true;
            }
            return;
        }
        var lines = (into[target]?.ToString() ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        string[] wanted = [.. paths.Except(lines)];
        _isNew = wanted.Length > 0;
        lines.AddRange(wanted);
        into[target] = string.Join('\n', lines);
    }

    /// <summary>As the outpost will write it, so that a pattern and the addresses that it is for cannot differ.</summary>
    private string? OriginOf(IFormCollection form, FieldErrors errors)
    {
        var (host, domain) = (form[Host].ToString().Trim(), form["cookie_domain"].ToString().Trim().TrimStart('.'));
        var isHttps = !form["external_host"].ToString().TrimStart().StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        var address = host.Contains("://", StringComparison.Ordinal) ? host : (isHttps ? "https://" : "http://") + host;
        if (!ForwardedUrl.TryParse(address, out var url) || url.HostName.IsEmpty) errors.Add(Name, AdminStrings.PresetHostWanted);
        else if (domain.Length > 0 && !IsWithin(url.HostName, domain)) errors.Add(Name, Texts.Format(AdminStrings.PresetHostElsewhere, url.HostName.ToString(), domain));
        else return url.Origin(isHttps);
        return null;
    }

    private static bool IsWithin(ReadOnlySpan<char> host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
