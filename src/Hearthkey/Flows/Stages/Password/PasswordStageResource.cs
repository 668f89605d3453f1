using Hearthkey.Resources;

namespace Hearthkey.Flows.Stages.Password;

/// <summary>stages/password.</summary>
internal sealed class PasswordStageResource(ResourceContext context, PasswordKind kind) : StageResource<PasswordStage>(context, kind)
{
    private static readonly string[] _unbuilt =
        ["authentik.core.auth.TokenBackend", "authentik.sources.ldap.auth.LDAPBackend", "authentik.sources.kerberos.auth.KerberosBackend"];

    public override string Path => "stages/password";

    public override string VerboseName => "password stage";

    protected override IReadOnlyList<string> OwnFilters { get; } = ["allow_show_password", "configure_flow", "failed_attempts_before_cancel"];

    protected override PasswordStage BindOwn(FieldReader input, PasswordStage? before)
    {
        var old = before ?? new();
        input.Unbuilt("configure_flow", "null");
        foreach (var item in input.Items("backends", required: true) ?? [])
        {
            var name = item.ToString();
            if (name == PasswordStage.OwnBackend) continue;
            input.Errors.Add("backends", _unbuilt.Contains(name) ? $"“{name}” is not built yet; choose {PasswordStage.OwnBackend}." : $"\"{name}\" is not a valid choice.");
        }
        return old with
        {
            FailedAttemptsBeforeCancel = input.Number("failed_attempts_before_cancel", old.FailedAttemptsBeforeCancel, min: 1),
            AllowShowPassword = input.Flag("allow_show_password", old.AllowShowPassword),
        };
    }
}
