using System.Text.Json;
using Hearthkey.Admin.Objects;
using Hearthkey.Audit;
using Hearthkey.System;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Events in words.</summary>
public static class EventTexts
{
    /// <summary>What an action is called.</summary>
    public static string Action(string action) => action switch
    {
        EventActions.Login => AdminStrings.ActionLogin,
        EventActions.LoginFailed => AdminStrings.ActionLoginFailed,
        EventActions.Logout => AdminStrings.ActionLogout,
        EventActions.UserWrite => AdminStrings.ActionUserWrite,
        EventActions.SuspiciousRequest => AdminStrings.ActionSuspiciousRequest,
        EventActions.PasswordSet => AdminStrings.ActionPasswordSet,
        EventActions.SecretView => AdminStrings.ActionSecretView,
        EventActions.AuthorizeApplication => AdminStrings.ActionAuthorizeApplication,
        EventActions.PolicyExecution => AdminStrings.ActionPolicyExecution,
        EventActions.ConfigurationError => AdminStrings.ActionConfigurationError,
        EventActions.SystemException => AdminStrings.ActionSystemException,
        EventActions.ModelCreated => AdminStrings.ActionModelCreated,
        EventActions.ModelUpdated => AdminStrings.ActionModelUpdated,
        EventActions.ModelDeleted => AdminStrings.ActionModelDeleted,
        _ => action.Replace('_', ' '),
    };

    /// <summary>What it was about, in one line; null where the action says it all.</summary>
    public static string? Sentence(Event value)
    {
        if (Text(value.Context, "message") is { } message) return message;
        foreach (var name in (string[])["model", "authorized_application", "application", "user", "secret", "created"])
            if (Object(value.Context, name) is { } about && Text(about, "name") is { } text) return Named(about, text);
        return Text(value.Context, "username");
    }

    /// <summary>Who did it.</summary>
    public static string Who(Event value) => Text(value.User, "username") is { Length: > 0 } name ? name : value.ClientIp is null ? AdminStrings.TheServer : AdminStrings.Nobody;

    public static Html WhoLink(Event value) =>
        value.User.ValueKind == JsonValueKind.Object && value.User.TryGetProperty("pk", out var pk) && pk.ValueKind == JsonValueKind.Number && pk.GetInt64() > 0
            ? Pieces.Link($"{AdminPaths.Users}{pk.GetInt64()}/", Who(value))
            : Pieces.Text(Who(value));

    /// <summary>"Group family".</summary>
    public static string Named(JsonElement about, string name) =>
        Text(about, "model_name") is { } model ? $"{Models.NameOf(model)} {name}" : name;

    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Object(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
