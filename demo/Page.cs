using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Demo;

/// <summary>The look of the demo's apps: a heading, a sentence, what is known of the person, links.</summary>
internal sealed record Page(string Title, string Sentence)
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:10vh auto;padding:0 1rem;color-scheme:light dark}"
        + "th{text-align:left;font-weight:500;padding-right:1.5rem;vertical-align:top}td{font-family:ui-monospace,monospace;word-break:break-all}a{margin-right:1.5rem}";

    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    public IReadOnlyList<(string Text, string Address)> Links { get; init; } = [];

    public Task WriteAsync(HttpContext context)
    {
        var html = new StringBuilder($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + $"<title>{Text(Title)}</title><style>{Style}</style><main><h1>{Text(Title)}</h1><p>{Text(Sentence)}</p><table>");
        foreach (var (name, value) in Facts) html.Append("<tr><th>").Append(Text(name)).Append("<td>").Append(Text(value));
        html.Append("</table><p>");
        foreach (var (text, address) in Links) html.Append("<a href=\"").Append(Text(address)).Append("\">").Append(Text(text)).Append("</a>");
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(html.Append("</main></html>").ToString(), context.RequestAborted);
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
