using System.Net;
using System.Net.Sockets;

namespace Hearthkey.E2E.Support;

/// <summary>Waits for something to become true, and says what when it does not.</summary>
public static class Wait
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <param name="what">Completes the sentence "Waited in vain for …".</param>
    /// <param name="isTrue">Asked every 50 ms.</param>
    /// <param name="limit">Default 30 s.</param>
    /// <param name="detail">Added to the message, such as the log of a server.</param>
    public static async Task ForAsync(string what, Func<Task<bool>> isTrue, TimeSpan? limit = null, Func<string>? detail = null)
    {
        var end = TimeProvider.System.GetTimestamp() + (limit ?? TimeSpan.FromSeconds(30)).Ticks * TimeProvider.System.TimestampFrequency / TimeSpan.TicksPerSecond;
        while (!await isTrue())
        {
            if (TimeProvider.System.GetTimestamp() > end) throw new TimeoutException($"Waited in vain for {what}.\n{detail?.Invoke()}");
            await Task.Delay(_pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static Task ForAsync(string what, Func<bool> isTrue, TimeSpan? limit = null, Func<string>? detail = null) =>
        ForAsync(what, () => Task.FromResult(isTrue()), limit, detail);

    /// <summary>Waits until somebody listens on this port of the loopback address.</summary>
    public static Task ForPortAsync(int port, ChildProcess owner, TimeSpan? limit = null) =>
        ForAsync($"{owner.Name} on port {port}", () => owner.ThrowIfEnded() && Listens(port), limit, () => owner.Log);

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
