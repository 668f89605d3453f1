using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.Directory;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>A program came to an application, and its <c>Authorization</c> header was right.</summary>
/// <param name="Key">What it showed: an app password by its name, an authorization by its key.</param>
/// <param name="Password">The name of the app password; null for a bearer token.</param>
/// <param name="Owner">For whom it speaks.</param>
internal sealed record ProgramLogin(string Key, string? Password, Account Owner, Application Application, IPAddress Client)
{
    /// <summary>What its events are found by.</summary>
    public string Subject => $"program/{Application.Pk:D}/{Key}";

    public Actor Actor => new(Owner.Pk, Owner.Username, Owner.Email, (Client.IsIPv4MappedToIPv6 ? Client.MapToIPv4() : Client).ToString());

    /// <summary>As an event tells it.</summary>
    public JsonObject Describe()
    {
        var args = new JsonObject();
        if (Password is not null) args["token"] = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "token", ["name"] = Password };
        return new()
        {
            ["auth_method"] = Password is null ? "token" : "app_password",
            ["auth_method_args"] = args,
            ["application"] = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "application", ["pk"] = Application.Pk.ToString("D"), ["name"] = Application.Name },
            ["message"] = Password is null ? $"A program opened {Application.Name} with a token." : $"A program opened {Application.Name} with the app password {Password}.",
        };
    }
}
