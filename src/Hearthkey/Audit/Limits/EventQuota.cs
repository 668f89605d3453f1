using System.Globalization;
using Hearthkey.Storage;

namespace Hearthkey.Audit.Limits;

/// <summary>
/// How many rows of one kind a day may bring (T54): more say nothing new and would fill the disk. One address has a share of them, and what
/// strangers cause has its own measure beside that of each known object. What is over is counted in one row until midnight (UTC).
/// </summary>
/// <param name="Subject">The known object; blank for what strangers name.</param>
/// <param name="Source">The address as <see cref="Hosting.AddressKey"/>.</param>
internal sealed record EventQuota(string Action, string Subject, string Detail, string Source, DateTimeOffset Now)
{
    /// <summary>Rows a day from one address (own choice: an hour and a half of a mistake that comes each minute).</summary>
    public const int MostOfAddress = 100;

    /// <summary>Rows a day about one known object (own choice).</summary>
    public const int MostOfSubject = 300;

    /// <summary>Rows a day about nothing known (own choice: about 4 MB).</summary>
    public const int MostOfStrangers = 1000;

    public const string Suppressed = "More of the same came until midnight (UTC); they are counted here and not listed.";

    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    private DateTimeOffset Today => new(Now.UtcTicks - (Now.UtcTicks % _day.Ticks), TimeSpan.Zero);

    public string KeyOf(string? clientIp) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}|{clientIp}|{Now.ToUnixTimeSeconds() / 60}");

    private string MoreOfAll => string.Create(CultureInfo.InvariantCulture, $"{Prefix}|more|{Today.ToUnixTimeSeconds()}");

    private string MoreOfAddress => string.Create(CultureInfo.InvariantCulture, $"{Prefix}|more|{Source}|{Today.ToUnixTimeSeconds()}");

    private string Prefix => $"{Action}|{Subject}|{Detail}";

    /// <summary>Counts it where it belongs to a row that is there.</summary>
    public async ValueTask<bool> CountUpAsync(Db db, string? clientIp) =>
        await CountUpKeyAsync(db, KeyOf(clientIp)) || await CountUpKeyAsync(db, MoreOfAll) || await CountUpKeyAsync(db, MoreOfAddress);

    /// <summary>The key of the row that counts what is over, or null where there is room for a row of its own.</summary>
    public async ValueTask<string?> FullAsync(Db db)
    {
        var (all, ofAddress) = await db.OneAsync(
            $"""
            select count(*), count(case when source = {Source} then 1 end) from event
            where subject = {Subject} and action = {Action} and detail = {Detail} and created_at >= {Today}
            """,
            r => (r.Long(), r.Long()));
        if (all >= (Subject.Length == 0 ? MostOfStrangers : MostOfSubject)) return MoreOfAll;
        return ofAddress >= MostOfAddress ? MoreOfAddress : null;
    }

    public static async ValueTask<bool> CountUpKeyAsync(Db db, string key) =>
        await db.ExecAsync($"update event set occurrences = occurrences + 1 where coalesce_key = {key}") > 0;
}
