using System.Text.Json;
using Hearthkey.Admin.Objects;
using Hearthkey.Flows;
using Hearthkey.Storage;
using Hearthkey.System;
using Hearthkey.Ui;
using Microsoft.AspNetCore.Html;

namespace Hearthkey.Admin.Pages;

/// <summary>What an event holds, readable: things by name and linked, differences marked, keys as words. Keys of things that are gone stay as they are.</summary>
public sealed class EventContext(Snapshots snapshots)
{
    /// <summary>Shown elsewhere on the page, or of no use to people beside a name.</summary>
    private static readonly string[] _silent = ["message", "provider_pk", "finding", "pk", "app", "model_name", "registered"];

    public Html Show(Event value)
    {
        var rows = value.Context.ValueKind == JsonValueKind.Object
            ? value.Context.EnumerateObject().Where(p => !_silent.Contains(p.Name) && !IsEmpty(p.Value)).Select(p => (Label(p.Name), (IHtmlContent)Value(p.Name, p.Value))).ToList()
            : [];
        var details = rows.Count == 0 ? null : Pieces.Section(AdminStrings.Details, null, _ => Pieces.DefinitionList(rows));
        return $"{Differences(value)}{details}";
    }

    /// <summary>The redirect URI that was sent beside each that is registered, the first difference marked.</summary>
    private static Html? Differences(Event value)
    {
        if (value.Context.ValueKind != JsonValueKind.Object || !value.Context.TryGetProperty("registered", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var entries = list.EnumerateArray().ToList();
        if (entries.Count == 0) return null;
        return Pieces.Section(AdminStrings.RedirectUris, AdminStrings.DifferencesHelp, _ => (Html)$"""
            <ul class="findings">{Html.Join(entries, entry => Difference(value, entry))}</ul>
            """);
    }

    private static Html Difference(Event value, JsonElement entry)
    {
        var sent = EventTexts.Text(entry, "sent_marked") ?? EventTexts.Text(value.Context, "redirect_uri") ?? "";
        var registered = EventTexts.Text(entry, "registered_marked") ?? EventTexts.Text(entry, "url") ?? "";
        return $"<li>{Pieces.DefinitionList((AdminStrings.Sent, Marked.Show(sent)), (AdminStrings.Registered, Marked.Show(registered)))}</li>";
    }

    private Html Value(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Thing(value),
        JsonValueKind.Array => List(name, value),
        JsonValueKind.True => Pieces.Text(AdminStrings.Yes),
        JsonValueKind.False => Pieces.Text(AdminStrings.No),
        JsonValueKind.String when name == "flow" => Flow(value.GetString()!),
        JsonValueKind.String when name is "fields" => Pieces.Text(Label(value.GetString()!)),
        JsonValueKind.String when name is "came" or "expected" or "url" or "redirect_uri" or "client_id" => Marked.Show(value.GetString()!),
        _ => Pieces.Text(value.ToString()),
    };

    private Html List(string name, JsonElement value)
    {
        var items = value.EnumerateArray().ToList();
        if (items.TrueForAll(i => i.ValueKind == JsonValueKind.String)) return Pieces.Text(string.Join(", ", items.Select(i => name == "fields" ? Label(i.GetString()!).ToLowerInvariant() : i.GetString())));
        return $"<ul>{Html.Join(items, item => $"<li>{Value(name, item)}</li>")}</ul>";
    }

    private Html Thing(JsonElement value)
    {
        if ((EventTexts.Text(value, "name") ?? EventTexts.Text(value, "username")) is { } name)
        {
            var model = EventTexts.Text(value, "model_name");
            var key = value.TryGetProperty("pk", out var pk) ? pk.ToString() : null;
            return model is not null && key is not null && Models.HrefOf(model, key) is { } href
                ? Pieces.Link(href, EventTexts.Named(value, name))
                : Pieces.Text(EventTexts.Named(value, name));
        }
        return Pieces.DefinitionList(value.EnumerateObject().Where(p => !_silent.Contains(p.Name) && !IsEmpty(p.Value))
            .Select(p => (Label(p.Name), (IHtmlContent)Value(p.Name, p.Value))));
    }

    private Html Flow(string key)
    {
        if (Guid.TryParse(key, out var uuid) && snapshots.Current.Get<FlowsPart>().Find(uuid) is { } plan) return Pieces.Text(plan.Flow.Slug);
        return Pieces.Text(key);
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static string Label(string name) => name switch
    {
        "model" => AdminStrings.Thing,
        "came" => AdminStrings.Came,
        "expected" => AdminStrings.Expected,
        "change" => AdminStrings.WhatToChange,
        "status" => AdminStrings.AnsweredWith,
        "reference" => Strings.Reference,
        "client_id" => AdminStrings.ClientId,
        "redirect_uri" => AdminStrings.Sent,
        "url" => AdminStrings.Url,
        _ => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '),
    };
}
