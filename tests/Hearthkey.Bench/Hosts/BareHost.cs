using Hearthkey.Bench.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Bench.Hosts;

/// <summary>
/// The reference: Kestrel and one delegate that reads a cookie and sets the headers that a check answers with. It decides nothing. On
/// <c>--raw</c> it does not even let the framework parse the cookies.
/// </summary>
internal static class BareHost
{
    public const string Command = "bare";

    private const string Uid = "0f8b2c4de1a95f3760b8d4c2a1e9f7d35b6c8a0e2f4d1b3c5a79e8d6f0b2c4a1";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(global::System.Net.IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        if (args.Contains("--raw")) app.Run(Raw);
        else app.Run(Parsed);
        await app.StartAsync();
        await Answering.LoopAsync(Ports.Of(app), HeapAnswers.AnswerAsync);
        await app.StopAsync();
        return 0;
    }

    private static Task Parsed(HttpContext context) => Answer(context, context.Request.Cookies["theme"]);

    private static Task Raw(HttpContext context) => Answer(context, context.Request.Headers.Cookie);

    private static Task Answer(HttpContext context, StringValues cookie)
    {
        if (cookie.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["X-authentik-username"] = "person-12345";
        headers["X-authentik-groups"] = "people|family";
        headers["X-authentik-entitlements"] = "";
        headers["X-authentik-email"] = "person-12345@home.example";
        headers["X-authentik-name"] = "Person 12345";
        headers["X-authentik-uid"] = Uid;
        headers["X-authentik-jwt"] = "";
        headers["X-authentik-meta-jwks"] = "https://auth.home.example/application/o/app-123/jwks/";
        headers["X-authentik-meta-outpost"] = "authentik Embedded Outpost";
        headers["X-authentik-meta-provider"] = "Provider 123";
        headers["X-authentik-meta-app"] = "app-123";
        headers["X-authentik-meta-version"] = "goauthentik.io/outpost/0.1.0";
        headers.UserAgent = context.Request.Headers.UserAgent;
        return Task.CompletedTask;
    }
}
