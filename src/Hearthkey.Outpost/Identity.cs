using System.Text;

namespace Hearthkey.Outpost;

/// <summary>
/// Who a session speaks for, as header values that are ready to send. Immutable and shared: equal identities of one user are kept once.
/// A value that no header may carry (control characters) is sent empty.
/// </summary>
public sealed record Identity
{
    /// <summary>About what a statement takes beside what it says, which is counted already.</summary>
    private const int StatementBytes = 700;

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

    /// <summary>Names of the groups joined with commas, for names of headers that are not authentik's. <see cref="JoinList"/> makes it.</summary>
    public string GroupList { get => field; init => field = Clean(value); } = "";

    /// <summary>What the application gets as <c>Authorization</c>: blank where it gets none, null where that is not ours to say.</summary>
    public string? Authorization { get => field; init => field = value is null ? null : Clean(value); }

    /// <summary>Signs <c>X-authentik-jwt</c>; null where it is switched off.</summary>
    public StatementSource? Statements { get; init; }

    /// <summary>Headers from the attribute <c>additionalHeaders</c>, set after all others; null where there are none.</summary>
    public AdditionalHeaders? Additional { get; init; }

    /// <summary>Rules of hosts that keep this person out though they may open the application; <see cref="ListHosts"/> makes it. Blank: none.</summary>
    public string ShutHosts { get; init; } = "";

    /// <summary>Joins names as the wire wants them: a single pipe, no spaces, no escaping.</summary>
    public static string Join(IEnumerable<string> names) => string.Join('|', names);

    /// <summary>Joins names with commas. One that has a comma would be taken for two, and is left out.</summary>
    public static string JoinList(IEnumerable<string> names) => string.Join(',', names.Where(name => !name.Contains(',', StringComparison.Ordinal)));

    /// <summary>Hosts in one text in which each can be found whole, as in <c>" photos.example.com *.media.example.com "</c>.</summary>
    public static string ListHosts(IReadOnlyCollection<string> hosts) => hosts.Count == 0 ? "" : $" {string.Join(' ', hosts)} ";

    /// <summary>The value of a Basic header (RFC 7617 §2); blank where there is no password: an empty one is never sent.</summary>
    public static string Basic(string username, string password) =>
        password.Length == 0 ? "" : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"));

    /// <summary>Bytes these values take on the wire, without the names.</summary>
    internal int Size()
    {
        var size = Bytes(Username) + Bytes(Groups) + Bytes(Entitlements) + Bytes(Email) + Bytes(Name) + Bytes(Uid) + (Authorization?.Length ?? 0)
            + (Statements is null ? 0 : StatementBytes);
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
