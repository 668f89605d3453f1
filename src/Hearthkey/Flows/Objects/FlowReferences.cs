using Hearthkey.Flows.Stages.Prompt;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Objects;

/// <summary>How flows, bindings, stages and prompts hang together.</summary>
internal static class FlowReferences
{
    private const string PasswordModel = "authentik_stages_password.passwordstage";
    private const string PromptStageModel = "authentik_stages_prompt.promptstage";
    private const string IdentificationModel = "authentik_stages_identification.identificationstage";

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new Reference(FlowResource.ModelName, FlowBindingResource.ModelName, ReferenceAction.Cascade, BindingRows.OfFlow));
        services.AddSingleton(new Reference(AllStages.ModelName, FlowBindingResource.ModelName, ReferenceAction.Cascade, BindingRows.OfStage));
        services.AddSingleton(new Reference(PromptFieldResource.ModelName, PromptStageModel, ReferenceAction.CascadeMany, PromptStages));
        services.AddSingleton(new Reference(PasswordModel, IdentificationModel, ReferenceAction.SetNull, Identifications));
    }

    // keys are lower-case uuids, so text that contains one names it
    private static Sql PromptStages(string prompt) => Naming(prompt, PromptStageModel);

    private static Sql Identifications(string stage) => Naming(stage, IdentificationModel);

    private static Sql Naming(string key, string model)
    {
        var pattern = Filter.Contains(key);
        return $"select stage_uuid, name from stage where model = {model} and cast(config as text) like {pattern} order by name";
    }
}
