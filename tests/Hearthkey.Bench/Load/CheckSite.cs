namespace Hearthkey.Bench.Load;

/// <summary>A protected host and the name of its session cookie.</summary>
internal sealed record CheckSite(string Host, string CookieName)
{
    public static CheckSite Read(string line) => line.Split(' ') is [var host, var cookie] ? new(host, cookie) : throw new FormatException(line);

    public string Write() => $"{Host} {CookieName}";
}
