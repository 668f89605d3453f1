using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Brands;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.System;

/// <summary>Reads and changes the settings of the instance: <c>admin/settings/</c> and its page.</summary>
public sealed class SettingsEditor(IStore store, AuditLog audit, Settings process, TimeProvider time)
{
    /// <summary>Longest key of a new token, as the column of authentik.</summary>
    public const int MaxTokenLength = 255;

    /// <summary>Most results a page may have: an answer stays at about a megabyte (own choice).</summary>
    public const int MaxPageSize = 1000;

    /// <summary>The base URL is set by the environment and cannot be changed here.</summary>
    public bool IsBaseUrlLocked => process.BaseUrl is not null;

    /// <summary>The settings as they are in the database, and the base URL as it is in force.</summary>
    public async Task<InstanceSettings> GetAsync(CancellationToken ct) =>
        await store.ReadAsync(async db => await InstanceSettings.LoadAsync(process, db), ct);

    /// <param name="input">In wire shape; what is not sent stays.</param>
    /// <param name="isPartial">PATCH: also the flags may be missing.</param>
    public async Task<Outcome<InstanceSettings>> UpdateAsync(Caller caller, Actor actor, JsonElement input, bool isPartial, CancellationToken ct) =>
        await store.WriteAsync(
            async db =>
            {
                var before = await InstanceSettings.LoadAsync(process with { BaseUrl = null }, db);
                var errors = new FieldErrors();
                var after = Bind(new FieldReader(input, isPartial, errors), before);
                if (errors.Any) return Outcome<InstanceSettings>.Wrong(errors);
                // every issuer and every link is made of the base URL (DESIGN 6.9)
                if (after.BaseUrl != before.BaseUrl && StepUp.IsDue(caller, time.GetUtcNow())) return StepUp.Refuse<InstanceSettings>();
                await InstanceSettings.SaveAsync(db, after);
                var about = new JsonObject { ["app"] = "authentik_tenants", ["model_name"] = "settings", ["pk"] = "settings", ["name"] = "Settings" };
                var fields = new JsonArray([.. input.EnumerateObject().Select(p => (JsonNode)p.Name)]);
                await audit.AppendAsync(db, EventActions.ModelUpdated, "authentik.tenants", actor, new JsonObject { ["model"] = about, ["fields"] = fields });
                return Outcome<InstanceSettings>.Done(await InstanceSettings.LoadAsync(process, db));
            },
            ct);

    private InstanceSettings Bind(FieldReader input, InstanceSettings before)
    {
        RefuseUnbuilt(input);
        var after = before with
        {
            BaseUrl = BaseUrl(input, before.BaseUrl),
            EventRetention = PositiveDuration(input, "event_retention", before.EventRetention),
            DefaultTokenDuration = PositiveDuration(input, "default_token_duration", before.DefaultTokenDuration),
            DefaultTokenLength = (int)input.Number("default_token_length", before.DefaultTokenLength, min: Tokens.MinKeyLength, max: MaxTokenLength),
            PaginationDefaultPageSize = (int)input.Number("pagination_default_page_size", before.PaginationDefaultPageSize, min: 1, max: MaxPageSize),
            PaginationMaxPageSize = (int)input.Number("pagination_max_page_size", before.PaginationMaxPageSize, min: 1, max: MaxPageSize),
        };
        if (after.PaginationDefaultPageSize > after.PaginationMaxPageSize)
            input.Errors.Add("pagination_default_page_size", "This is more than the largest page that is allowed.");
        return after;
    }

    private static void RefuseUnbuilt(FieldReader input)
    {
        input.Unbuilt("avatars", "\"initials\"");
        input.Unbuilt("default_user_change_name", "true");
        input.Unbuilt("default_user_change_email", "false");
        input.Unbuilt("default_user_change_username", "false");
        input.Unbuilt("reputation_lower_limit", "-5");
        input.Unbuilt("reputation_upper_limit", "5");
        input.Unbuilt("footer_links", "[]");
        input.Unbuilt("gdpr_compliance", "true");
        input.Unbuilt("impersonation", "true");
        input.Unbuilt("impersonation_require_reason", "true");
        var standard = JsonSerializer.SerializeToElement(new InstanceFlags(), BrandsJson.Default.InstanceFlags);
        var flags = input.Object("flags", standard, required: true);
        foreach (var flag in flags.EnumerateObject())
        {
            if (standard.TryGetProperty(flag.Name, out var value) && !JsonElement.DeepEquals(value, flag.Value))
                input.Errors.Add("flags", $"“{flag.Name}” is not built yet; leave it at {value.GetRawText()}.");
        }
    }

    private string? BaseUrl(FieldReader input, string? stored)
    {
        var inForce = process.BaseUrl is { } url ? Origin.Of(url).ToString() : stored ?? "";
        var text = input.Text("base_url", inForce, max: 200).Trim();
        if (text == inForce) return stored;
        if (!Origin.TryParse(text, out var origin))
        {
            input.Errors.Add("base_url", text.Length == 0
                ? "The base URL cannot be removed: issuers and links are made from it."
                : "Write scheme and host as people type them, such as https://auth.example.com, without a path.");
            return stored;
        }
        if (origin.ToString() == inForce) return stored;
        if (!IsBaseUrlLocked) return origin.ToString();
        input.Errors.Add("base_url", $"The environment sets the base URL to {inForce} (WEB__BASE_URL). Change it there.");
        return stored;
    }

    private static string PositiveDuration(FieldReader input, string name, string current)
    {
        var text = input.DurationText(name, current);
        if (text == current || Duration.Parse(text) > TimeSpan.Zero) return text;
        input.Errors.Add(name, "This must be longer than nothing.");
        return current;
    }
}
