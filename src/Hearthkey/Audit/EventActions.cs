namespace Hearthkey.Audit;

/// <summary>The actions of events, named as authentik names them.</summary>
public static class EventActions
{
    public const string Login = "login";
    public const string LoginFailed = "login_failed";
    public const string Logout = "logout";
    public const string UserWrite = "user_write";
    public const string SuspiciousRequest = "suspicious_request";
    public const string PasswordSet = "password_set";
    public const string SecretView = "secret_view";
    public const string AuthorizeApplication = "authorize_application";
    public const string PolicyExecution = "policy_execution";
    public const string ConfigurationError = "configuration_error";
    public const string SystemException = "system_exception";
    public const string ModelCreated = "model_created";
    public const string ModelUpdated = "model_updated";
    public const string ModelDeleted = "model_deleted";

    /// <summary>All of them, in the order of authentik's list.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Login, LoginFailed, Logout, UserWrite, SuspiciousRequest, PasswordSet, SecretView, AuthorizeApplication,
        PolicyExecution, SystemException, ConfigurationError, ModelCreated, ModelUpdated, ModelDeleted,
    ];
}
