using System.Net;
using System.Net.Sockets;

namespace Hearthkey.E2E.Support;

/// <summary>
/// Ports that nobody listens on. They lie below the range that the kernel takes for outgoing connections (32768 and up),
/// so that no connection of another test takes one between the question and the start of the server.
/// </summary>
public static class FreePort
{
    private const int First = 20000;
    private const int Last = 32000;

    private static readonly Lock _lock = new();
    private static int _next = First + Random.Shared.Next(Last - First);

    public static int Next()
    {
        lock (_lock)
        {
            for (var tries = 0; tries < Last - First; tries++)
            {
                _next = _next >= Last ? First : _next + 1;
                if (IsFree(_next)) return _next;
            }
        }

        throw new InvalidOperationException("No free port.");
    }

    /// <summary>The first of two that are neighbours; nobody else is given the second.</summary>
    public static int Pair()
    {
        while (true)
        {
            var first = Next();
            if (Next() == first + 1) return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.ExclusiveAddressUse = true;
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
