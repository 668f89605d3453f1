using System.Text.RegularExpressions;
using Hearthkey.Outpost;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>Real proxies that are told to lose the cookie on its way to the check: the browser is stopped, and the page names the line.</summary>
public sealed class ProxyLoopTests
{
    [Theory]
    [InlineData("nginx", "(proxy_set_header X-Hearthkey-Browser \"\")", "proxy_set_header Cookie \"\"; $1", "proxy_set_header Cookie")]
    [InlineData("caddy", "(uri /outpost.goauthentik.io/auth/caddy)", "$1\n\t\t\theader_up -Cookie", "header_up -Cookie")]
    [InlineData("haproxy", "(elseif not hop\\[name\\])", "elseif name == \"cookie\" then elseif not hop[name]", "lua.auth-intercept")]
    [InlineData("apache", "\"Cookie\", ", "", "RequestHeader unset Cookie")]
    public async Task Lost_cookie_stops_the_browser_with_the_words_for_this_proxy(string proxy, string pattern, string replacement, string word)
    {
        await using var lab = await ProxyLab.StartAsync(proxy, text => Regex.Replace(text, pattern, replacement));
        await lab.SignInAsync();

        var page = await lab.GoRoundAsync(lab.Wiki, "/page");

        page.ShouldContain("Signing in goes round in circles");
        page.ShouldContain("authentik_proxy_");
        page.ShouldContain(word);
        (await lab.Site.MistakeAsync(nameof(OutpostFinding.LoginGoesRound)))["change"]!.GetValue<string>().ShouldContain(word);
    }
}
