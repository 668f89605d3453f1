using System.Net;
using Hearthkey.Hosting;
using Hearthkey.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Ui;

/// <summary>A server with nothing but the look of pages, and a browser that keeps its cookies.</summary>
internal sealed class UiSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private UiSite(WebApplication app, HttpClient browser)
    {
        _app = app;
        Browser = browser;
    }

    public HttpClient Browser { get; }

    public static async Task<UiSite> StartAsync(Action<IEndpointRouteBuilder>? map = null, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHosting(HostingArea.ReadSettings(new Dictionary<string, string>()).Settings);
        builder.Services.AddUi();
        builder.Services.AddSingleton(new PersonSource(_ => new Person("Mara Keller", "mara@lab.example", IsAdmin: true)));
        builder.Services.AddSingleton(new NavSource([new(() => "Directory", new NavItem("/users/", () => "Users", Icon.Users))]));
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use((c, next) =>
        {
            SecurityHeaders.Apply(c);
            return next(c);
        });
        app.MapUi();
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None };
        return new UiSite(app, new HttpClient(handler) { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public async Task<string> TextAsync(string path) => await Browser.GetStringAsync(path, TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await Browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _app.DisposeAsync();
    }
}
