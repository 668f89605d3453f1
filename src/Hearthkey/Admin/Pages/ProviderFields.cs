using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The fields that forms of all kinds of providers have.</summary>
public static class ProviderFields
{
    /// <summary>The flows that a new provider begins with, as guides name them.</summary>
    public const string ImplicitConsent = "default-provider-authorization-implicit-consent";

    public const string Invalidation = "default-provider-invalidation-flow";

    public static FormField Name => new TextField("name", AdminStrings.Name) { IsRequired = true };

    public static FormField AuthorizationFlow(Offers offers) => new SelectField("authorization_flow", AdminStrings.AuthorizationFlow, v => offers.FlowsAsync(v, "authorization"))
    {
        Help = AdminStrings.AuthorizationFlowHelp,
        IsRequired = true,
    };

    /// <summary>The other flows: rarely changed.</summary>
    public static IReadOnlyList<FormField> OtherFlows(Offers offers) =>
    [
        new SelectField("authentication_flow", AdminStrings.AuthenticationFlow, v => offers.FlowsAsync(v, "authentication"))
            { Blank = AdminStrings.FlowOfBrand, Help = AdminStrings.AuthenticationFlowHelp },
        new SelectField("invalidation_flow", AdminStrings.InvalidationFlow, v => offers.FlowsAsync(v, "invalidation")) { Help = AdminStrings.InvalidationFlowHelp, IsRequired = true },
    ];

    /// <summary>What a new provider begins with.</summary>
    public static async ValueTask<JsonObject> NewAsync(Offers offers, Visit visit) => new()
    {
        ["authorization_flow"] = await offers.FlowAsync(visit, ImplicitConsent),
        ["invalidation_flow"] = await offers.FlowAsync(visit, Invalidation),
    };

    /// <summary>The application of a provider, or the step that is still missing.</summary>
    public static Html Application(long pk, string? slug, string? name) => slug is null
        ? Feedback.Alert(AdminStrings.NoApplicationSentence, Tone.Warning, AdminStrings.NoApplication,
            Pieces.LinkButton($"{AdminPaths.Applications}new/?provider={pk}", AdminStrings.CreateApplicationFor))
        : Pieces.DefinitionList((AdminStrings.ModelApplication, Pieces.Link($"{AdminPaths.Applications}{slug}/", name ?? slug)));
}
