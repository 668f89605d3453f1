using System.Text;

namespace Hearthkey.Outpost;

/// <summary>
/// Who a session speaks for, as header values that are ready to send. Immutable and shared: equal identities of one user are kept once.
/// A value that no header may carry (control characters) is sent empty.
/// </summary>
public sealed record Identity
{
    /// <summary>Claim <c>preferred_username</c>.</summary>
    public required string Username { get => field; init => field = Clean(value); }

    /// <summary>Names of the groups, joined with a single pipe; empty if none. <see cref="Join"/> makes it.</summary>
    public string Groups { get => field; init => field = Clean(value); } = "";

    /// <summary>Names of the application entitlements, joined likewise.</summary>
    public string Entitlements { get => field; init => field = Clean(value); } = "";

    public string Email { get => field; init => field = Clean(value); } = "";

    public string Name { get => field; init => field = Clean(value); } = "";

    /// <summary>Claim <c>sub</c> as this provider's subject mode gives it.</summary>
    public required string Uid { get => field; init => field = Clean(value); }

    /// <summary>Headers from the attribute <c>additionalHeaders</c>, set after all others; null where there are none.</summary>
    public AdditionalHeaders? Additional { get; init; }

    /// <summary>Joins names as the wire wants them: a single pipe, no spaces, no escaping.</summary>
    public static string Join(IEnumerable<string> names) => string.Join('|', names);

    /// <summary>Bytes these values take on the wire, without the names.</summary>
    internal int Size()
    {
        var size = Bytes(Username) + Bytes(Groups) + Bytes(Entitlements) + Bytes(Email) + Bytes(Name) + Bytes(Uid);
        foreach (var header in Additional?.Headers ?? [])
            size += header.Key.Length + Bytes(header.Value.ToString()) + 4;
        return size;
    }

    internal static string Clean(string? value) => value is null || HasControl(value) ? "" : value;

    private static bool HasControl(string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or '\x7f')
                return true;
        }
        return false;
    }

    private static int Bytes(string value) => Encoding.UTF8.GetByteCount(value);
}
