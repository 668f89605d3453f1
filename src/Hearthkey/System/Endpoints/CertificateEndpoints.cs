using System.Text;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Microsoft.Net.Http.Headers;

namespace Hearthkey.System.Endpoints;

/// <summary><c>crypto/certificatekeypairs/</c> beyond the resource: make a pair, see or download its parts.</summary>
internal static class CertificateEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pairs = routes.ServiceProvider.GetRequiredService<CertificateKeyPairs>();
        const string path = CertificateKeyPairs.ApiPath;
        routes.MapResource(pairs);
        routes.MapApi("POST", path + "/generate/", Access.Admin, async (c, call) => await c.AnswerAsync(
            await pairs.GenerateAsync(call.Caller, call.Actor, call.Body, c.RequestAborted), pairs.Json)).WithMetadata(new AnswerShape(pairs.Json));
        routes.MapApi("GET", path + "/{key}/view_certificate/", Access.Admin, async (c, call) => await AnswerAsync(
            c, await pairs.ViewCertificateAsync(call.Caller, c.Key(), c.RequestAborted), "certificate")).WithMetadata(new AnswerShape(SystemJson.Default.PemAnswer, "download"));
        routes.MapApi("GET", path + "/{key}/view_private_key/", Access.Admin, async (c, call) => await AnswerAsync(
            c, await pairs.ViewPrivateKeyAsync(call.Caller, call.Actor, c.Key(), c.RequestAborted), "private_key")).WithMetadata(new AnswerShape(SystemJson.Default.PemAnswer, "download"));
    }

    private static async Task AnswerAsync(HttpContext context, Outcome<PemText> outcome, string part)
    {
        if (outcome.Value is not { } pem || !context.Request.Query.ContainsKey("download"))
        {
            var answer = outcome.Value is { } value ? Outcome<PemAnswer>.Done(new(value.Text)) : outcome.As<PemAnswer>();
            await context.AnswerAsync(answer, SystemJson.Default.PemAnswer);
            return;
        }
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName($"{pem.Name}_{part}.pem");
        context.Response.Headers.ContentDisposition = name.ToString();
        context.Response.ContentType = "application/x-pem-file";
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(pem.Text), context.RequestAborted);
    }
}
