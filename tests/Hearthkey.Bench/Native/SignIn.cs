namespace Hearthkey.Bench.Native;

/// <summary>What the fields of the sign-in pages are answered with.</summary>
internal static class SignIn
{
    public static IReadOnlyDictionary<string, string> Answers { get; } =
        new Dictionary<string, string> { ["uid_field"] = "akadmin", ["password"] = NativeServer.Password };
}
