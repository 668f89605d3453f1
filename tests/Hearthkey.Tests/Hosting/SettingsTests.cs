using Hearthkey.Hosting;

namespace Hearthkey.Tests.Hosting;

/// <summary>DESIGN 2: what the environment may say.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("HEARTHKEY_LOGLEVEL")]
    [InlineData("HEARTHKEY_DEBUGGING")]
    [InlineData("HEARTHKEY_TOKENS")]
    [InlineData("HEARTHKEY_POSTGRESQL__USE_PASSWORD")]
    [InlineData("HEARTHKEY_POSTGRESQL__CONN_")]
    [InlineData("HEARTHKEY_E2E_BINARY")]
    public void A_name_of_ours_that_is_no_setting_is_an_error(string name)
    {
        var refusal = Should.Throw<StartupException>(() => Read((name, "debug")));

        refusal.Message.ShouldContain(name);
    }

    [Theory]
    [InlineData("AUTHENTIK_EMAIL__HOST", "EMAIL__HOST")]
    [InlineData("AUTHENTIK_POSTGRESQL__READ_REPLICAS__0__HOST", "POSTGRESQL__READ_REPLICAS__0__HOST")]
    [InlineData("AUTHENTIK_WEB__WORKERS", "WEB__WORKERS")]
    [InlineData("HEARTHKEY_WEB__WORKERS", "WEB__WORKERS")]
    [InlineData("AUTHENTIK_LOGLEVEL", "AUTHENTIK_LOGLEVEL")]
    public void A_name_of_authentik_that_has_no_meaning_here_only_warns(string name, string told)
    {
        var (_, warnings) = Read((name, "x"));

        warnings.ShouldHaveSingleItem().ShouldContain(told);
    }

    [Fact]
    public void Proxies_are_pinned_by_the_setting_alone()
    {
        Read().Settings.AreProxiesPinned.ShouldBeFalse();
        Read(("HEARTHKEY_LISTEN__TRUSTED_PROXY_CIDRS", "10.0.0.2/32")).Settings.AreProxiesPinned.ShouldBeTrue();
    }

    private static (Settings Settings, IReadOnlyList<string> Warnings) Read(params (string Name, string Value)[] environment) =>
        HostingArea.ReadSettings(environment.ToDictionary(e => e.Name, e => e.Value));
}
