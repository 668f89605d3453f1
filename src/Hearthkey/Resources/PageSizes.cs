namespace Hearthkey.Resources;

/// <summary>How many results a page of a list has; the instance settings say so.</summary>
public sealed class PageSizes
{
    private volatile Sizes _now = new(ListRequest.DefaultPageSize, ListRequest.MaxPageSize);

    /// <summary>Where the client names no number. Default 20, as authentik.</summary>
    public int Usual => _now.Usual;

    /// <summary>However many the client asks for. Default 100, as authentik.</summary>
    public int Most => _now.Most;

    public void Set(int usual, int most) => _now = new(usual, most);

    private sealed record Sizes(int Usual, int Most);
}
