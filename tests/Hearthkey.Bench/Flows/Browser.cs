using System.Net;
using System.Text.RegularExpressions;

namespace Hearthkey.Bench.Flows;

/// <summary>Enough of a browser to sign in: keeps cookies, follows redirects, fills in forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private const int MostSteps = 20;

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    public Browser() => _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies });

    /// <summary>Opens an address and goes on until it is sent to <paramref name="target"/>; returns the Cookie header for where it began.</summary>
    public async Task<string> SignInAsync(Uri start, string target, IReadOnlyDictionary<string, string> answers)
    {
        var (url, form) = (start, (HttpContent?)null);
        for (var step = 0; step < MostSteps; step++)
        {
            using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, url) { Content = form };
            if (form is not null) request.Headers.Add("Origin", url.GetLeftPart(UriPartial.Authority));
            using var answer = await _client.SendAsync(request);
            if (answer.Headers.Location is { } location)
            {
                if (location.OriginalString.StartsWith(target, StringComparison.Ordinal)) return _cookies.GetCookieHeader(start);
                (url, form) = (new Uri(url, location), null);
                continue;
            }
            var page = await answer.Content.ReadAsStringAsync();
            if (Fill(page, answers) is not { } next) throw new InvalidOperationException($"{url} answered {(int)answer.StatusCode}, a page without a form for us:\n{page}");
            (url, form) = (new Uri(url, next.Action), new FormUrlEncodedContent(next.Fields));
        }
        throw new InvalidOperationException($"{start} does not come to an end.");
    }

    public void Dispose() => _client.Dispose();

    private static (string Action, Dictionary<string, string> Fields)? Fill(string page, IReadOnlyDictionary<string, string> answers)
    {
        foreach (Match form in FormPattern().Matches(page))
        {
            var fields = InputPattern().Matches(form.Value).Select(m => m.Value).Where(i => Attribute(i, "name").Length > 0)
                .GroupBy(i => Attribute(i, "name")).ToDictionary(g => g.Key, g => Attribute(g.First(), "value"));
            var asked = answers.Keys.Where(fields.ContainsKey).ToList();
            if (asked.Count == 0) continue;
            foreach (var name in asked) fields[name] = answers[name];
            return (Attribute(form.Value[..form.Value.IndexOf('>')], "action"), fields);
        }
        return null;
    }

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(AttributePattern().Matches(tag).FirstOrDefault(m => m.Groups[1].Value == name)?.Groups[2].Value ?? "");

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex FormPattern();

    [GeneratedRegex("<(?:input|button)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex InputPattern();

    [GeneratedRegex("([a-zA-Z_-]+)=\"([^\"]*)\"")]
    private static partial Regex AttributePattern();
}
