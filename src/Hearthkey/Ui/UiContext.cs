namespace Hearthkey.Ui;

/// <summary>What every page needs to know about its request: gathered once, before the first byte is written.</summary>
public sealed class UiContext
{
    /// <summary><c>light</c> or <c>dark</c> where the person chose one; null follows the system.</summary>
    public string? Theme { get; private init; }

    public required string Csrf { get; init; }

    public required BrandLook Brand { get; init; }

    public Person? Person { get; private init; }

    /// <summary>A message left by the page before this one.</summary>
    public Flash? Flash { get; private init; }

    public required IReadOnlyList<NavGroup> Nav { get; init; }

    public required UiLinks Links { get; init; }

    /// <summary>When the request was read; ages on the page count from here.</summary>
    public DateTimeOffset Now { get; private init; }

    /// <summary>Path and query of this page, to come back to after a switch of theme.</summary>
    public required string Here { get; init; }

    private string Target { get; init; } = "";

    /// <summary>Whether the browser asks for this part alone and has the page around it already.</summary>
    public bool Wants(string partId) => Target == partId;

    internal static UiContext Gather(HttpContext c)
    {
        var services = c.RequestServices;
        return new UiContext
        {
            Theme = ThemeSwitch.Chosen(c),
            Csrf = Hosting.Csrf.Token(c),
            Brand = services.GetService<BrandSource>()?.Find(c) ?? BrandLook.Hearthkey,
            Person = services.GetService<PersonSource>()?.Find(c),
            Flash = FlashCookie.Take(c),
            Nav = services.GetService<NavSource>()?.Groups ?? [],
            Links = services.GetService<UiLinks>() ?? new UiLinks(),
            Now = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            Here = c.Request.PathBase + c.Request.Path + c.Request.QueryString,
            Target = PartAskedFor(c.Request),
        };
    }

    /// <summary>htmx names the element it will replace as <c>tag#id</c>; a restored history entry needs the whole page.</summary>
    private static string PartAskedFor(HttpRequest request)
    {
        if (request.Headers["HX-Request"] != "true" || request.Headers.ContainsKey("HX-History-Restore-Request")) return "";
        var target = request.Headers["HX-Target"].ToString();
        return target[(target.IndexOf('#', StringComparison.Ordinal) + 1)..];
    }
}
