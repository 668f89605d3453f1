using System.Net;
using Hearthkey.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Hosting;

/// <summary>T05 and DESIGN 6.2: what a forwarded header says counts from a trusted peer alone.</summary>
public sealed class EdgeTests
{
    private const string Trusted = "10.0.0.2", Stranger = "203.0.113.9";

    [Theory]
    [InlineData("CF-Visitor", "{\"scheme\":\"https\"}", Trusted, "https")]
    [InlineData("CF-Visitor", "{\"scheme\":\"https\"}", Stranger, "http")]
    [InlineData("CF-Visitor", "{\"scheme\":\"http\"}", Trusted, "http")]
    [InlineData("CF-Visitor", "https", Trusted, "http")]
    [InlineData("X-Forwarded-Proto", "https", Trusted, "https")]
    [InlineData("X-Forwarded-Proto", "https, http", Trusted, "https")]
    [InlineData("X-Forwarded-Proto", "http", Trusted, "http")]
    [InlineData("X-Forwarded-Proto", "https", Stranger, "http")]
    [InlineData("X-Forwarded-Host", "evil.example", Trusted, "http")]
    [InlineData("X-Forwarded-Host", "evil.example", Stranger, "http")]
    [InlineData("Forwarded", "proto=https;host=evil.example", Trusted, "http")]
    public void The_origin_of_a_request_is_its_host_with_the_scheme_that_a_trusted_peer_tells(string header, string value, string peer, string scheme)
    {
        var edge = Of(peer, (header, value));

        edge.Origin.ToString().ShouldBe(scheme + "://unknown.example");
        edge.IsPeerTrusted.ShouldBe(peer == Trusted);
        edge.IsOurs.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Trusted, "198.51.100.7", "198.51.100.7", true)]
    [InlineData(Trusted, "1.1.1.1, 198.51.100.7, 192.168.1.1", "198.51.100.7", true)]
    [InlineData(Trusted, "198.51.100.7:4711", "198.51.100.7", true)]
    [InlineData(Trusted, "[2001:db8::1]:4711", "2001:db8::1", true)]
    [InlineData(Trusted, "::ffff:198.51.100.7", "198.51.100.7", true)]
    [InlineData(Trusted, "198.51.100.7, rubbish", Trusted, false)]
    [InlineData(Trusted, "192.168.1.1", "192.168.1.1", true)]
    [InlineData(Trusted, "", Trusted, true)]
    [InlineData(Stranger, "198.51.100.7", Stranger, true)]
    [InlineData(Stranger, "rubbish", Stranger, true)]
    public void The_client_is_the_rightmost_hop_that_is_not_trusted(string peer, string forwarded, string client, bool isCertain)
    {
        var edge = Of(peer, ("X-Forwarded-For", forwarded));

        edge.Client.ShouldBe(IPAddress.Parse(client));
        edge.IsClientCertain.ShouldBe(isCertain);
        edge.Peer.ShouldBe(IPAddress.Parse(peer));
    }

    [Fact]
    public void A_chain_that_is_too_long_is_not_believed()
    {
        var edge = Of(Trusted, ("X-Forwarded-For", string.Join(", ", Enumerable.Repeat("198.51.100.7", 200))));

        edge.Client.ShouldBe(IPAddress.Parse(Trusted));
        edge.IsClientCertain.ShouldBeFalse();
    }

    [Fact]
    public void An_origin_of_ours_keeps_its_scheme_whatever_a_header_says()
    {
        var edge = Of(Trusted, host: "auth.example", headers: [("X-Forwarded-Proto", "http"), ("CF-Visitor", "{\"scheme\":\"http\"}"), ("X-Forwarded-Host", "evil.example")]);

        edge.IsOurs.ShouldBeTrue();
        edge.Origin.ToString().ShouldBe("https://auth.example");
    }

    [Fact]
    public void Networks_that_the_operator_names_replace_the_usual_ones()
    {
        IPNetwork[] own = [IPNetwork.Parse("203.0.113.0/24")];

        Of(Stranger, own, ("CF-Visitor", "{\"scheme\":\"https\"}")).Origin.IsHttps.ShouldBeTrue();
        Of(Trusted, own, ("CF-Visitor", "{\"scheme\":\"https\"}")).Origin.IsHttps.ShouldBeFalse();
    }

    private static Edge Of(string peer, params (string Name, string Value)[] headers) => Of(peer, "unknown.example", null, headers);

    private static Edge Of(string peer, string host, (string Name, string Value)[] headers) => Of(peer, host, null, headers);

    private static Edge Of(string peer, IPNetwork[] networks, params (string Name, string Value)[] headers) => Of(peer, "unknown.example", networks, headers);

    private static Edge Of(string peer, string host, IPNetwork[]? networks, (string Name, string Value)[] headers)
    {
        // named by the operator: what an unnamed one tells is the subject of ClientCertaintyTests
        var settings = new Settings { AreProxiesPinned = true };
        if (networks is not null) settings = settings with { TrustedProxies = networks };
        var origins = new Origins();
        origins.Set([new Origin("https", "auth.example")]);
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton(settings).AddSingleton(origins).BuildServiceProvider() };
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(host);
        foreach (var (name, value) in headers) context.Request.Headers[name] = value;
        return context.Edge();
    }
}
