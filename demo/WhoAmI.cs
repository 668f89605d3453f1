using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Demo;

/// <summary>An app without any login: it believes the headers that Hearthkey sets, because nobody else can reach it.</summary>
internal static class WhoAmI
{
    public static Task<WebApplication> StartAsync(Addresses addresses) => DemoApp.StartAsync(Addresses.Free(), context => ShowAsync(context, addresses));

    private static Task ShowAsync(HttpContext context, Addresses addresses)
    {
        var name = Header(context, "X-authentik-name");
        return new Page($"Hello {name}", "This app has no login of its own. Hearthkey stands in front of it and says with each request who you are:")
        {
            Facts =
            [
                .. context.Request.Headers.Where(header => header.Key.StartsWith("X-authentik-", StringComparison.OrdinalIgnoreCase))
                    .Select(header => (header.Key, Header(context, header.Key))).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase),
            ],
            Links = [("Open the other app", addresses.Notes + "/"), ("All my apps", addresses.Login + "/if/user/"), ("Sign out", "/outpost.goauthentik.io/sign_out")],
        }.WriteAsync(context);
    }

    private static string Header(HttpContext context, string name) => context.Request.Headers[name].ToString();
}
