using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>Rows of redirect URIs; buttons add and remove rows by sending the form, so that it works without JavaScript.</summary>
public sealed class RedirectUrisField(string name, string label) : FormField(name, label)
{
    private const string Mode = "redirect_mode";
    private const string Url = "redirect_url";
    private const string Kind = "redirect_type";
    private const string Remove = "remove:";

    private static readonly (string, string)[] _modes = [("strict", AdminStrings.Strict), ("regex", AdminStrings.Regex)];

    private static readonly (string, string)[] _kinds = [("authorization", AdminStrings.AfterSignIn), ("logout", AdminStrings.AfterSignOut)];

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        var (modes, urls, kinds, op) = (form[Mode], form[Url], form[Kind], form["op"].ToString());
        var rows = new JsonArray();
        for (var i = 0; i < urls.Count; i++)
        {
            if (op == Remove + i || (op is "" or "save" && string.IsNullOrWhiteSpace(urls[i]))) continue;
            rows.Add((JsonNode)Row(i < modes.Count ? modes[i] : "strict", urls[i]?.Trim(), i < kinds.Count ? kinds[i] : "authorization"));
        }
        if (op == "add") rows.Add((JsonNode)Row("strict", "", "authorization"));
        into[Name] = rows;
    }

    protected override Html Control(FormView view)
    {
        var rows = view.Values[Name] is JsonArray { Count: > 0 } array ? array.OfType<JsonObject>().ToList() : [Row("strict", "", "authorization")];
        return $"""
            <fieldset class="field rows" id="f-{Name}"><legend>{Label}</legend><p class="help">{Help}</p>{Error(view)}
              {Html.Join(rows.Index(), row => Show(row.Index, row.Item))}
              <button class="btn sm" name="op" value="add" formnovalidate hx-post="" hx-target="#form" hx-swap="outerMorph">{Icon.Plus}{AdminStrings.AddRedirectUri}</button></fieldset>
            """;
    }

    private Html? Error(FormView view)
    {
        if (view.Error(Name) is not { } error) return null;
        return $"""<p class="err" id="e-{Name}">{Icon.AlertCircle}<span>{error}</span></p>""";
    }

    private static Html Show(int index, JsonObject row) => $"""
        <div class="rowedit redirect" id="redirect-{index}">
          <span class="select"><select class="input" name="{Mode}" aria-label="{Texts.Format(AdminStrings.MatchingOf, index + 1)}">{Fields.Options(_modes, row["matching_mode"]?.ToString())}</select>{Icon.Selector}</span>
          <input class="input mono" name="{Url}" id="f-redirect-{index}" value="{row["url"]?.ToString()}" placeholder="https://app.example.com/callback" aria-label="{Texts.Format(AdminStrings.RedirectUriNumber, index + 1)}" autocomplete="off">
          <span class="select"><select class="input" name="{Kind}" aria-label="{Texts.Format(AdminStrings.PurposeOf, index + 1)}">{Fields.Options(_kinds, row["redirect_uri_type"]?.ToString())}</select>{Icon.Selector}</span>
          <button class="btn ghost icon" name="op" value="{Remove}{index}" formnovalidate hx-post="" hx-target="#form" hx-swap="outerMorph" aria-label="{Texts.Format(AdminStrings.RemoveRedirectUri, index + 1)}" title="{AdminStrings.Remove}">{Icon.Trash}</button></div>
        """;

    private static JsonObject Row(string? mode, string? url, string? kind) => new() { ["matching_mode"] = mode, ["url"] = url, ["redirect_uri_type"] = kind };
}
