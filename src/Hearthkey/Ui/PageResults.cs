using RazorSlices;

namespace Hearthkey.Ui;

/// <summary>Answers that are pages. All of them gather the <see cref="UiContext"/> before the first byte, since it reads and sets cookies.</summary>
public static class PageResults
{
    /// <summary>What the layouts know of this request.</summary>
    public static UiContext Ui(this HttpContext c)
    {
        if (c.Features.Get<UiContext>() is { } known) return known;
        var context = UiContext.Gather(c);
        c.Features.Set(context);
        return context;
    }

    /// <summary>A whole page.</summary>
    public static IResult Page(this HttpContext c, RazorSlice page, int status = StatusCodes.Status200OK)
    {
        c.Ui();
        if (!c.Response.HasStarted)
        {
            c.Response.Headers.CacheControl = "no-store";
            c.Response.Headers.AppendCommaSeparatedValues("Vary", "HX-Request", "HX-Target");
        }

        page.StatusCode = status;
        return page;
    }

    /// <summary>The whole page, or the one part of it that htmx asked for by the id of the element it will replace.</summary>
    public static IResult Page<T>(
        this HttpContext c, T content, string partId, Func<T, RazorSlice> page, Func<T, RazorSlice> part, int status = StatusCodes.Status200OK) =>
        c.Page(c.Ui().Wants(partId) ? part(content) : page(content), status);

    /// <summary>Sends the browser to another page after a form was taken: 303, or the header that htmx follows.</summary>
    public static IResult SeeOther(this HttpContext c, string url)
    {
        c.Response.Headers.CacheControl = "no-store";
        if (c.Request.Headers["HX-Request"] == "true")
        {
            c.Response.Headers["HX-Redirect"] = url;
            return TypedResults.NoContent();
        }

        c.Response.Headers.Location = url;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Leaves a message for the next page. <paramref name="key"/> is a key of the catalog: <c>nameof(Strings.WasSaved)</c>.</summary>
    public static void Flash(this HttpContext c, string key, params string[] values) => FlashCookie.Leave(c, FlashKind.Done, key, values);

    /// <summary>The same for something that went wrong.</summary>
    public static void FlashProblem(this HttpContext c, string key, params string[] values) => FlashCookie.Leave(c, FlashKind.Problem, key, values);
}
