using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey;

/// <summary>What every request passes, in this order: a count, one handler for failures, checks of reverse proxies, security headers, the outpost, unknown hosts, routes.</summary>
internal static class Pipeline
{
    /// <summary>Paths that programs call, by whatever name they reach us; pages are served by our own names only.</summary>
    private static readonly string[] _anyHost = ["/api/", "/-/", "/assets/", "/application/o/", "/outpost.goauthentik.io"];

    public static void Use(WebApplication app)
    {
        app.Use(Counted(app.Services.GetRequiredService<RequestCounts>()));
        app.Use(FailuresAsync);
        app.UseForwardAuthChecks();
        app.Use(HeadersAsync);
        app.UseForwardAuth();
        app.Use(UnreadableHostsAsync);
        app.Use(UnknownHostsAsync);
        app.UseRouting();
    }

    // what is done at once, as a check is, is counted without a copy of anything
    private static Func<RequestDelegate, RequestDelegate> Counted(RequestCounts counts) => next => context =>
    {
        var answer = next(context);
        if (!answer.IsCompletedSuccessfully) return LaterAsync(answer, context, counts);
        counts.Add(context.Response.StatusCode);
        return answer;
    };

    private static async Task LaterAsync(Task answer, HttpContext context, RequestCounts counts)
    {
        await answer;
        counts.Add(context.Response.StatusCode);
    }

    private static async Task FailuresAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentLength: null }
                && context.GetEndpoint() is null && !IsForPrograms(context))
                await context.NotFoundPage().ExecuteAsync(context);
            else if (context.Response is { StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed, HasStarted: false, ContentType: null }
                && context.Request.Path.StartsWithSegments("/api"))
                await context.AnswerDetailAsync(context.Response.StatusCode, context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
                    ? $"Method \"{context.Request.Method}\" not allowed."
                    : "There is no such address in this API.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
#pragma warning disable CA1031 // the one handler: whatever went wrong, the person gets a reference and the log the reason
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await FailAsync(context, e);
        }
    }

    private static async Task FailAsync(HttpContext context, Exception failure)
    {
        // any other failure of the database is a statement that is wrong: a bug, and no use to try again
        var isStorage = failure is StorageUnavailableException;
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Hearthkey.Request");
        var reference = context.Reference();
        if (isStorage) FailureLog.Storage(log, context.Request.Method, RouteOf(context), reference, failure.Message);
        else FailureLog.Failed(log, context.Request.Method, RouteOf(context), reference, failure);
        context.Response.Clear();
        SecurityHeaders.Apply(context);
        if (isStorage) context.Response.Headers.RetryAfter = "5";
        var status = isStorage ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        if (IsForPrograms(context))
            await context.AnswerDetailAsync(status, isStorage
                ? $"The database cannot be used at the moment, so this was not done. Try again; the log has the cause under reference {reference}."
                : $"Something went wrong. The log has the reason under reference {reference}.");
        else if (isStorage)
            await context.ErrorPage(status, Strings.StorageAwayTitle, Strings.StorageAwaySentence, Strings.StorageAwayNext).ExecuteAsync(context);
        else
            await context.FailurePage().ExecuteAsync(context);
    }

    // never the path itself: one-time links carry their secret there
    private static string RouteOf(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern }) return pattern;
        var path = context.Request.Path.Value ?? "";
        return Array.Find(_anyHost, p => path.StartsWith(p, StringComparison.Ordinal)) is { } known ? known + "…" : "(before its route)";
    }

    private static Task HeadersAsync(HttpContext context, RequestDelegate next)
    {
        SecurityHeaders.Apply(context);
        return next(context);
    }

    /// <summary>A host that is no host: no page of ours could say where it leads. What asks for the health of the process is answered by any name.</summary>
    private static Task UnreadableHostsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Edge().IsOurs || Origin.IsAuthority(context.Request.Host.Value) || context.Request.Path.StartsWithSegments("/-")) return next(context);
        return IsForPrograms(context)
            ? context.AnswerDetailAsync(StatusCodes.Status400BadRequest, "The Host header of the request is missing or no host name.")
            : context.ErrorPage(StatusCodes.Status400BadRequest, Strings.BadHostTitle, Strings.BadHostSentence, Strings.BadHostNext).ExecuteAsync(context);
    }

    /// <summary>A host that is neither ours nor an application's: the operator sees what was expected and what came.</summary>
    private static Task UnknownHostsAsync(HttpContext context, RequestDelegate next)
    {
        var origins = context.RequestServices.GetRequiredService<Origins>();
        if (origins.Base is not { } expected || IsForPrograms(context) || context.Edge().IsOurs) return next(context);
        var page = new ErrorContent(StatusCodes.Status421MisdirectedRequest, Strings.UnknownHostTitle, Strings.UnknownHostSentence, Strings.UnknownHostNext, context.Reference())
        {
            Action = new Crumb(expected.ToString(), expected.ToString()),
            Facts = [(Strings.UnknownHostExpected, string.Join(", ", origins.All)), (Strings.UnknownHostCame, context.Edge().Origin.ToString())],
        };
        return context.ErrorPage(page).ExecuteAsync(context);
    }

    private static bool IsForPrograms(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith("/application/o/authorize", StringComparison.Ordinal) || path.EndsWith("/end-session/", StringComparison.Ordinal)) return false;
        return Array.Exists(_anyHost, p => path.StartsWith(p, StringComparison.Ordinal));
    }
}
