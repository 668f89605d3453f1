using Hearthkey.Oidc;
using Hearthkey.Outpost;

namespace Hearthkey.Tests.Architecture;

/// <summary>An interface earns its place by a second implementation; the ports of the two libraries have theirs in the tests.</summary>
public sealed class InterfaceRules
{
    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        var server = typeof(HearthkeyServer).Assembly;
        var types = new[] { server, typeof(OAuthError).Assembly, typeof(ForwardedUrl).Assembly }.SelectMany(assembly => assembly.GetTypes()).ToList();

        server.GetTypes().Where(type => type.IsInterface && type.Namespace?.StartsWith("Hearthkey", StringComparison.Ordinal) == true)
            .Where(face => types.Count(type => !type.IsInterface && !type.IsAbstract && Implements(type, face)) < 2)
            .Select(face => face.FullName)
            .ShouldBeEmpty();
    }

    private static bool Implements(Type type, Type face) =>
        type.GetInterfaces().Any(each => each == face || (each.IsGenericType && face.IsGenericTypeDefinition && each.GetGenericTypeDefinition() == face));
}
