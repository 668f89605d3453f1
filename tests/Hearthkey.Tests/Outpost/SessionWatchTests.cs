using System.Net.WebSockets;
using System.Text;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Whoever was let through in proxy mode is asked again as long as the request is under way.</summary>
public sealed class SessionWatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/html")]
    public async Task What_has_ended_is_watched_no_more(string accept)
    {
        await using var site = await ProxySite.StartAsync();

        for (var i = 0; i < 20; i++)
            await site.EchoAsync("/", "Accept: " + accept);

        await UntilAsync(() => site.Outpost.Outpost.UnderWay == 0);
    }

    [Fact]
    public async Task A_download_without_an_end_ends_with_the_sign_in()
    {
        await using var site = await ProxySite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        request.Headers.Host = ProxySite.Host;
        request.Headers.Add("Cookie", site.Cookies);
        using var response = await site.Outpost.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        (await reader.ReadLineAsync(Ct)).ShouldBe("data: 0");
        site.Outpost.Outpost.UnderWay.ShouldBe(1);

        site.Outpost.Core.Sessions.Clear();
        site.Outpost.Outpost.Sessions.EndSession("sign-in-1");

        await Should.ThrowAsync<IOException>(async () =>
        {
            while (await reader.ReadLineAsync(Ct) is not null)
                site.Outpost.Time.Advance(TimeSpan.FromSeconds(3));
        });
        await UntilAsync(() => site.Outpost.Outpost.UnderWay == 0);
    }

    [Fact]
    public async Task A_socket_of_a_program_ends_with_its_app_password()
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);
        site.Outpost.Core.Programs[(1, "ada", "phone")] = new(new Identity { Username = "ada", Uid = "uid-1" }, 1, null, RequestLimits.None);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", ProxySite.Host);
        socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:phone")));
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{site.Outpost.Port}/socket"), Ct);
        var buffer = new byte[64];
        site.Outpost.Time.Advance(TimeSpan.FromSeconds(3));
        await socket.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, true, Ct);
        (await socket.ReceiveAsync(buffer, Ct)).Count.ShouldBe(5);

        site.Outpost.Core.Programs.Clear();
        site.Outpost.Outpost.Headers.ForgetAll();
        var reading = socket.ReceiveAsync(buffer, Ct);
        await UntilAsync(() =>
        {
            site.Outpost.Time.Advance(TimeSpan.FromSeconds(3));
            return reading.IsCompleted;
        });

        await Should.ThrowAsync<WebSocketException>(() => reading);
        site.Outpost.Core.Attempts.ShouldAllBe(a => a.Username == "ada");
    }

    private static async Task UntilAsync(Func<bool> isDone)
    {
        for (var i = 0; i < 200 && !isDone(); i++)
            await Task.Delay(20, Ct);
        isDone().ShouldBeTrue();
    }
}
