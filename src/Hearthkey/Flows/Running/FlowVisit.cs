using System.Text;
using Hearthkey.Hosting;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Running;

/// <summary>One request to a flow: what the browser asked for and where it stands.</summary>
internal sealed class FlowVisit
{
    public required HttpContext Http { get; init; }

    public required PlannedFlow Plan { get; init; }

    public required Snapshot Snapshot { get; init; }

    /// <summary>Where the flow leads at the end, as it came with the address; blank where it did not.</summary>
    public required string? Next { get; init; }

    /// <summary>The tab's id of the state, or null at first.</summary>
    public string? Id { get; set; }

    /// <summary>The row's key and version; null while there is no row.</summary>
    public (string Key, long Version)? Row { get; set; }

    public required FlowState State { get; set; }

    /// <summary>What came back, and the stage binding whose page it came from.</summary>
    public (StageAnswer Given, Guid? For)? Answer { get; set; }

    public bool HasAnswer => Answer is not null;

    public bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    public Purpose? Purpose => State.Next is { } next
        ? Http.RequestServices.GetServices<PurposeSource>().Select(s => s.Find(Http, next)).FirstOrDefault(p => p is not null)
        : null;

    /// <summary>The answer, once, for the stage whose page it came from. It picks no stage: for any other one it is as if it had not come.</summary>
    public StageAnswer? TakeAnswerFor(Guid binding)
    {
        if (Answer is not { } answer || (answer.For ?? binding) != binding) return null;
        Answer = null;
        return answer.Given;
    }

    /// <summary>Begins the flow anew.</summary>
    public string RestartUrl => Url(null);

    /// <summary>This flow in this tab.</summary>
    public string Url(string? id)
    {
        var query = QueryString.Empty;
        foreach (var name in (string[])["prompt", SetupToken])
            if (Http.Request.Query[name] is [{ Length: > 0 and < 200 } value]) query = query.Add(name, value);
        if ((State.Next ?? Next) is { } next) query = query.Add("next", next);
        if (id is not null) query = query.Add("state", id);
        return $"/if/flow/{Plan.Flow.Slug}/{query}";
    }

    /// <summary>Carried along so that "start again" works while the link is good.</summary>
    private const string SetupToken = "setup";

    public ContextualFlow Info(string? person) => new(Title(person), "", RestartUrl, Plan.Flow.Layout);

    /// <summary>A page of ours sent the browser here, so what happens at once is what the person wanted.</summary>
    public bool IsOwnNavigation
    {
        get
        {
            if (Http.Request.Headers["Sec-Fetch-Site"].Count > 0) return Csrf.IsSameOrigin(Http);
            return Uri.TryCreate(Http.Request.Headers.Referer, UriKind.Absolute, out var referer)
                && referer.Scheme is "http" or "https" && Origin.Of(referer) == Http.Edge().Origin;
        }
    }

    /// <summary>Longest address to go to, in characters: it is kept with the state. What nginx passes on by default is twice that, and most is an app's own.</summary>
    private const int MostNext = 4096;

    /// <summary>Only a path on our own origin is followed; an absolute address of this origin is made one.</summary>
    public static string? LocalNext(HttpContext http, string? text)
    {
        if (text is null or { Length: > MostNext }) return null;
        var origin = http.Edge().Origin.ToString();
        if (text.StartsWith(origin + "/", StringComparison.Ordinal)) text = text[origin.Length..];
        // a header takes ASCII only
        return LocalUrl.IsLocal(text) && Ascii.IsValid(text) ? text : null;
    }

    private string Title(string? person) => Plan.Flow.Title
        .Replace("%(app)s", Purpose?.ApplicationName ?? FlowStrings.TheApplication, StringComparison.Ordinal)
        .Replace("%(user)s", person ?? "", StringComparison.Ordinal);
}
