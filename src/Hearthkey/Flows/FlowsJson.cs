using System.Text.Json.Serialization;
using Hearthkey.Flows.Stages.Identification;
using Hearthkey.Flows.Stages.Password;
using Hearthkey.Flows.Stages.Prompt;
using Hearthkey.Flows.Stages.UserLogin;
using Hearthkey.Flows.Stages.UserLogout;
using Hearthkey.Flows.Stages.UserWrite;
using Hearthkey.Flows.Start;
using Hearthkey.Resources;

namespace Hearthkey.Flows;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Flow))]
[JsonSerializable(typeof(FlowStageBinding))]
[JsonSerializable(typeof(StageSummary))]
[JsonSerializable(typeof(FlowState))]
[JsonSerializable(typeof(IReadOnlyList<TypeCreate>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(StoredLink))]
[JsonSerializable(typeof(IdentificationStage))]
[JsonSerializable(typeof(PasswordStage))]
[JsonSerializable(typeof(UserLoginStage))]
[JsonSerializable(typeof(UserLogoutStage))]
[JsonSerializable(typeof(UserWriteStage))]
[JsonSerializable(typeof(PromptStage))]
[JsonSerializable(typeof(PromptField))]
[JsonSerializable(typeof(IdentificationChallenge))]
[JsonSerializable(typeof(PasswordChallenge))]
[JsonSerializable(typeof(PromptChallenge))]
[JsonSerializable(typeof(AccessDeniedChallenge))]
internal sealed partial class FlowsJson : JsonSerializerContext;
