namespace Hearthkey;

/// <summary>Puts the areas together, top to bottom.</summary>
public static class HearthkeyServer
{
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapGet("/-/health/live/", () => Results.Ok());
        return app;
    }
}
