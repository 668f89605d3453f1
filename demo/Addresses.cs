using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hearthkey.Demo;

/// <summary>Where everything is. Browsers find names below <c>localhost</c> on this machine, without a line in any file.</summary>
/// <param name="Port">The server's, and with it that of the app behind proxy mode.</param>
/// <param name="NotesPort">That of the app that knows OpenID Connect.</param>
internal sealed record Addresses(int Port, int NotesPort)
{
    private const int UsualPort = 9000;

    public string Login => At("auth", Port);

    public string WhoAmI => At("whoami", Port);

    public string Notes => At("notes", NotesPort);

    /// <summary>Null where the arguments are not understood. Without any, the usual port, or a free one where that is taken.</summary>
    public static Addresses? Read(string[] args) => args switch
    {
        [] => new(FreeFrom(UsualPort), FreeFrom(UsualPort + 1)),
        ["--port", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65535 =>
            new(port, port + 1),
        _ => null,
    };

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int Free() => FreeFrom(0);

    private static int FreeFrom(int wanted)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
        }
        catch (SocketException) when (wanted != 0)
        {
            return FreeFrom(0);
        }
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string At(string name, int port) => string.Create(CultureInfo.InvariantCulture, $"http://{name}.localhost:{port}");
}
