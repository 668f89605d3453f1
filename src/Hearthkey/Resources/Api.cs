using System.Text.Json.Serialization.Metadata;
using Hearthkey.Hosting;
using Hearthkey.Resources.Rest;

namespace Hearthkey.Resources;

/// <summary>The REST rim: who calls, what came, how answers are written. Areas add their own endpoints with <see cref="MapApi"/>.</summary>
public static class Api
{
    /// <summary>Most bytes of a request body (own choice: the largest object, a certificate chain, is far below).</summary>
    private const int MaxBody = 1 << 20;

    /// <summary>Maps the doors of a resource below <c>/api/v3/</c>.</summary>
    public static void MapResource<T>(this IEndpointRouteBuilder routes, Resource<T> resource) where T : class
    {
        var access = resource.IsOpenToPeople ? Access.Person : Access.Admin;
        var list = $"{resource.Path}/";
        var one = $"{resource.Path}/{{key}}/";
        void Door(string verb, string method, string path, Func<HttpContext, ApiCall, Task> handle) =>
            routes.MapApi(method, path, access, handle).WithMetadata(new ResourceDoor(resource, verb));

        Door("list", "GET", list, (c, call) => ListAsync(c, call, resource));
        Door("retrieve", "GET", one, async (c, call) => await ShowAsync(
            c, call, resource, await resource.GetAsync(call.Caller, c.Key(), call.List(), c.RequestAborted)));
        routes.MapApi("GET", one + "used_by/", access, async (c, call) => await c.AnswerAsync(
            await resource.UsedByAsync(call.Caller, c.Key(), c.RequestAborted), ResourcesJson.Default.IReadOnlyListUsedBy))
            .WithMetadata(new AnswerShape(ResourcesJson.Default.IReadOnlyListUsedBy));
        if (resource.Operations.HasFlag(Operations.Create))
            Door("create", "POST", list, async (c, call) => await c.AnswerAsync(
                await resource.CreateAsync(call.Caller, call.Actor, call.Body, c.RequestAborted), resource.Json, StatusCodes.Status201Created));
        if (resource.Operations.HasFlag(Operations.Update))
        {
            Door("update", "PUT", one, async (c, call) => await ShowAsync(
                c, call, resource, await resource.UpdateAsync(call.Caller, call.Actor, c.Key(), call.Body, isPartial: false, c.RequestAborted)));
            Door("partial_update", "PATCH", one, async (c, call) => await ShowAsync(
                c, call, resource, await resource.UpdateAsync(call.Caller, call.Actor, c.Key(), call.Body, isPartial: true, c.RequestAborted)));
        }
        if (resource.Operations.HasFlag(Operations.Delete))
            Door("destroy", "DELETE", one, async (c, call) => await c.AnswerAsync(
                await resource.DeleteAsync(call.Caller, call.Actor, c.Key(), c.RequestAborted), resource.Json, StatusCodes.Status204NoContent));
    }

    /// <summary>Maps one API endpoint: finds the caller, refuses forged writes, reads the JSON body.</summary>
    /// <param name="path">Below <c>/api/v3/</c>, with its final slash.</param>
    /// <param name="access"><see cref="Access.Admin"/> refuses people who are no admins; <see cref="Access.Anyone"/> needs no caller.</param>
    public static IEndpointConventionBuilder MapApi(
        this IEndpointRouteBuilder routes, string method, string path, Access access, Func<HttpContext, ApiCall, Task> handle) =>
        routes.MapMethods("/api/v3/" + path, [method], (RequestDelegate)(c => RunAsync(c, access, handle))).WithMetadata(access);

    /// <summary>Writes an outcome as the API does.</summary>
    /// <param name="done">The status where all went well; 204 writes no body.</param>
    public static Task AnswerAsync<T>(this HttpContext context, Outcome<T> outcome, JsonTypeInfo<T> json, int done = StatusCodes.Status200OK) where T : class =>
        ApiAnswers.WriteAsync(context, outcome, json, done);

    /// <summary>Writes a page of a list.</summary>
    public static Task AnswerListAsync<T>(this HttpContext context, Outcome<ListPage<T>> outcome, JsonTypeInfo<T> json) where T : class =>
        outcome.Value is { } page ? ApiAnswers.WriteListAsync(context, page, json) : ApiAnswers.WriteFailureAsync(context, outcome);

    /// <summary>Writes <c>{"detail": …}</c>.</summary>
    public static Task AnswerDetailAsync(this HttpContext context, int status, string detail) => ApiAnswers.DetailAsync(context, status, detail);

    /// <summary>Writes <c>{"detail": …}</c> with the seconds after which to come again (RFC 9110 §10.2.3).</summary>
    public static Task AnswerLaterAsync(this HttpContext context, int status, TimeSpan delay, string detail)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString(global::System.Globalization.CultureInfo.InvariantCulture);
        return context.AnswerDetailAsync(status, detail);
    }

    /// <summary>The <c>{key}</c> of the path.</summary>
    public static string Key(this HttpContext context) => (string)context.Request.RouteValues["key"]!;

    /// <summary>Who calls, by the first source that answers; null where nobody is known.</summary>
    public static async ValueTask<Caller?> FindCallerAsync(this HttpContext context)
    {
        foreach (var source in context.RequestServices.GetServices<CallerSource>())
            if (await source.FindAsync(context) is { } caller) return caller;
        return null;
    }

    private static async Task ListAsync<T>(HttpContext context, ApiCall call, Resource<T> resource) where T : class
    {
        var outcome = await resource.ListAsync(call.Caller, call.List(), context.RequestAborted);
        if (outcome.Value is { } page) await resource.ShownAsync(call.Caller, call.Actor, page.Results, context.RequestAborted);
        await context.AnswerListAsync(outcome, resource.Json);
    }

    // whoever made it knows what is in it: only what was there before counts as seen
    private static async Task ShowAsync<T>(HttpContext context, ApiCall call, Resource<T> resource, Outcome<T> outcome) where T : class
    {
        if (outcome.Value is { } value) await resource.ShownAsync(call.Caller, call.Actor, [value], context.RequestAborted);
        await context.AnswerAsync(outcome, resource.Json);
    }

    private static async Task RunAsync(HttpContext context, Access access, Func<HttpContext, ApiCall, Task> handle)
    {
        var caller = await context.FindCallerAsync();
        if (caller is null && context.Features.Get<RetryAfter>() is { } later)
        {
            await context.AnswerLaterAsync(StatusCodes.Status429TooManyRequests, later.Delay, "Too many wrong attempts. Please wait a moment and try again.");
            return;
        }
        if (caller is null && access != Access.Anyone)
        {
            await context.AnswerDetailAsync(StatusCodes.Status403Forbidden, "Authentication credentials were not provided.");
            return;
        }
        if (access == Access.Admin && caller is not { IsSuperuser: true })
        {
            await context.AnswerDetailAsync(StatusCodes.Status403Forbidden, "You do not have permission to perform this action.");
            return;
        }
        var isWrite = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (isWrite && caller is { IsBrowser: true } && !Csrf.IsValid(context, context.Request.Headers[Csrf.Header]))
        {
            await context.AnswerDetailAsync(StatusCodes.Status403Forbidden, "CSRF Failed: send the token in the X-authentik-CSRF header, from a page of this origin.");
            return;
        }
        var call = new ApiCall(context, caller);
        if (!isWrite || await call.ReadBodyAsync(MaxBody, context.RequestAborted)) await handle(context, call);
    }
}
