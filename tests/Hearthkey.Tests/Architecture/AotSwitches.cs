using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Hearthkey.Tests.Architecture;

/// <summary>The tests run with the switches of the native build: what the binary cannot do fails here first.</summary>
public sealed class AotSwitches
{
    [Fact]
    public void Code_cannot_be_made_while_running() => RuntimeFeature.IsDynamicCodeSupported.ShouldBeFalse();

    [Fact]
    public void Json_knows_only_what_was_generated() => JsonSerializer.IsReflectionEnabledByDefault.ShouldBeFalse();
}
