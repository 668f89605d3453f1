namespace Hearthkey.E2E.Guide;

/// <summary>The check as nginx makes it, asked without nginx to see its status.</summary>
public static class Checks
{
    /// <param name="house">Whose server.</param>
    /// <param name="original">The address in <c>X-Original-URL</c>.</param>
    /// <param name="cookies">The cookie header, if any.</param>
    /// <param name="host">The host header; by default that of the address.</param>
    public static async Task<HttpResponseMessage> AskAsync(GuideHouse house, string original, string cookies = "", string? host = null)
    {
        using var client = house.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Server.Http, "/outpost.goauthentik.io/auth/nginx"));
        request.Headers.Host = host ?? new Uri(original).Authority;
        request.Headers.TryAddWithoutValidation("X-Original-URL", original);
        if (cookies.Length > 0) request.Headers.Add("Cookie", cookies);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
