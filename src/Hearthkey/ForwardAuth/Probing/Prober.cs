using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Hearthkey.Hosting;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>
/// Asks a host as a browser without cookies would: no redirect is followed, no body is read. A certificate that is not trusted is told, and does
/// not end the probe: nothing secret is sent, and an open door stays open behind a bad certificate.
/// </summary>
internal sealed class Prober(TimeProvider time)
{
    /// <summary>For one answer; own choice, as for other outgoing requests (DESIGN 6.10).</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private const string Agent = "Mozilla/5.0 (compatible; Hearthkey self-probe)";

    public async Task<ProbeOutcome> AskAsync(ProbeRequest request, CancellationToken ct)
    {
        var certificate = new CertificateNote();
        using var handler = Handler(request, certificate);
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        List<ProbeAnswer> answers = [];
        foreach (var (kind, path) in request.Paths)
        {
            var (answer, trouble, detail) = await AskAsync(http, request, kind, path, ct);
            if (answer is null) return new(time.GetUtcNow(), trouble, detail, certificate.Text, answers);
            answers.Add(answer);
        }
        return new(time.GetUtcNow(), ProbeTrouble.None, null, certificate.Text, answers);
    }

    private async Task<(ProbeAnswer? Answer, ProbeTrouble Trouble, string? Detail)> AskAsync(
        HttpClient http, ProbeRequest request, ProbedPath kind, string path, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var message = Message(new Uri(request.Origin, path));
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (Judge(message.RequestUri!, kind, response, request.Own), ProbeTrouble.None, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, ProbeTrouble.Slow, null);
        }
        catch (HttpRequestException failure)
        {
            var (trouble, detail) = Explain(failure);
            return (null, trouble, detail);
        }
    }

    /// <summary>What an answer proves.</summary>
    internal static ProbeAnswer Judge(Uri asked, ProbedPath kind, HttpResponseMessage response, IReadOnlyList<Origin> own)
    {
        var status = (int)response.StatusCode;
        var to = response.Headers.Location is { } location && Uri.TryCreate(asked, location, out var absolute) ? absolute : null;
        var verdict = status switch
        {
            401 or 403 => ProbeVerdict.Refused,
            >= 300 and < 400 when to is not null && IsLogin(asked, to, own) => ProbeVerdict.Refused,
            >= 200 and < 300 => ProbeVerdict.Open,
            _ => ProbeVerdict.Other,
        };
        var by = string.Join(' ', response.Headers.Server);
        return new(asked.AbsolutePath, kind, verdict, status, by.Length <= 80 ? by : by[..80], to is null ? null : Short(to));
    }

    private static bool IsLogin(Uri asked, Uri to, IReadOnlyList<Origin> own)
    {
        if (to.Scheme is not ("http" or "https")) return false;
        var origin = Origin.Of(to);
        return own.Contains(origin) || (origin.Host == Origin.Of(asked).Host && to.AbsolutePath.StartsWith(OutpostPaths.Prefix + "/", StringComparison.Ordinal));
    }

    // without arguments: they may hold more than anybody needs to read
    private static string Short(Uri to)
    {
        var text = to.GetLeftPart(UriPartial.Path);
        return text.Length <= 200 ? text : text[..200];
    }

    private static HttpRequestMessage Message(Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.TryAddWithoutValidation("User-Agent", Agent);
        message.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        message.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "none");
        message.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        message.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");
        message.Headers.TryAddWithoutValidation("Cache-Control", "no-cache");
        return message;
    }

    private static SocketsHttpHandler Handler(ProbeRequest request, CertificateNote certificate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0,
        MaxConnectionsPerServer = 1,
#pragma warning disable CA5359 // what is wrong with a certificate is taken down and told; an open door behind it must be seen, and nothing secret is sent
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = certificate.Take },
#pragma warning restore CA5359
        ConnectCallback = (context, ct) => ProbeConnection.OpenAsync(context.DnsEndPoint, request.Proxy, ct),
    };

    private static (ProbeTrouble Trouble, string Detail) Explain(HttpRequestException failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case ElsewhereException elsewhere:
                    return (ProbeTrouble.Elsewhere, elsewhere.Message);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }:
                    return (ProbeTrouble.Name, "");
                case SocketException socket:
                    return (ProbeTrouble.Refused, socket.Message);
                case AuthenticationException tls:
                    return (ProbeTrouble.Tls, tls.InnerException?.Message ?? tls.Message);
                default:
                    break;
            }
        }
        return failure.HttpRequestError == HttpRequestError.SecureConnectionError
            ? (ProbeTrouble.Tls, failure.InnerException?.Message ?? failure.Message)
            : (ProbeTrouble.Broken, failure.InnerException?.Message ?? failure.Message);
    }
}
