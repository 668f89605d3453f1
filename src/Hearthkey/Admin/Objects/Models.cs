using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Objects;

/// <summary>Kinds of objects as people know them, and where their pages are.</summary>
public static class Models
{
    /// <summary>What one of a model is called: "User".</summary>
    public static string NameOf(string model) => model switch
    {
        "user" => AdminStrings.ModelUser,
        "group" => AdminStrings.ModelGroup,
        "token" => AdminStrings.ModelToken,
        "application" => AdminStrings.ModelApplication,
        "provider" => AdminStrings.ModelProvider,
        "oauth2provider" => AdminStrings.OAuth2Provider,
        "proxyprovider" => AdminStrings.ProxyProvider,
        "proxyhost" => AdminStrings.ModelHost,
        "outpost" => AdminStrings.ModelOutpost,
        "policybinding" => AdminStrings.ModelBinding,
        "brand" => AdminStrings.ModelBrand,
        "certificatekeypair" => AdminStrings.ModelCertificate,
        "flow" => AdminStrings.ModelFlow,
        "flowstagebinding" => AdminStrings.ModelStageBinding,
        "scopemapping" => AdminStrings.ModelScopeMapping,
        _ => model.EndsWith("stage", StringComparison.Ordinal) ? AdminStrings.ModelStage : AdminStrings.ModelOther,
    };

    /// <summary>The page of an object, or null where it has none.</summary>
    public static string? HrefOf(string model, string key) => model switch
    {
        "user" => $"{AdminPaths.Users}{Uri.EscapeDataString(key)}/",
        "group" => $"{AdminPaths.Groups}{Uri.EscapeDataString(key)}/",
        "token" => $"{AdminPaths.Tokens}{Uri.EscapeDataString(key)}/",
        "application" => $"{AdminPaths.Applications}{Uri.EscapeDataString(key)}/",
        "provider" or "oauth2provider" or "proxyprovider" => $"{AdminPaths.Providers}{Uri.EscapeDataString(key)}/",
        "proxyhost" => $"{AdminPaths.Hosts}{Uri.EscapeDataString(key)}/",
        "outpost" => $"{AdminPaths.Outposts}{Uri.EscapeDataString(key)}/",
        "brand" => $"{AdminPaths.Brands}{Uri.EscapeDataString(key)}/",
        "certificatekeypair" => $"{AdminPaths.Certificates}{Uri.EscapeDataString(key)}/",
        _ => null,
    };

    /// <summary>A line of "used by": what it is, and what a delete does to it.</summary>
    public static (string Text, string? Href) Line(UsedBy used) => (Texts.Format(EffectOf(used.Action), NameOf(used.ModelName), used.Name), HrefOf(used.ModelName, used.Pk));

    private static string EffectOf(string action) => action switch
    {
        "cascade" => AdminStrings.UsedByCascade,
        "cascade_many" => AdminStrings.UsedByCascadeMany,
        "protect" => AdminStrings.UsedByProtect,
        _ => AdminStrings.UsedBySetNull,
    };
}
