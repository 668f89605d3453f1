using Hearthkey.Oidc;
using Hearthkey.Outpost;

namespace Hearthkey.Tests.Architecture;

/// <summary>The two libraries stand by themselves.</summary>
public sealed class LibraryRules
{
    [Fact]
    public void The_protocol_engine_knows_no_web_server_and_no_database() =>
        References(typeof(OAuthError)).Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
            || name.Contains("Sqlite", StringComparison.Ordinal) || name == "Npgsql" || name.StartsWith("System.Data", StringComparison.Ordinal)
            || name.StartsWith("Hearthkey", StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();

    [Fact]
    public void The_outpost_knows_neither_the_server_nor_a_database() =>
        References(typeof(ForwardedUrl)).Where(name => name.Contains("Sqlite", StringComparison.Ordinal) || name == "Npgsql"
            || name.StartsWith("System.Data", StringComparison.Ordinal) || name.StartsWith("Hearthkey", StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();

    private static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
