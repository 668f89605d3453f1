using System.Net;
using Hearthkey.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Hosting;

/// <summary>DESIGN 6.2: an address from a proxy that nobody named satisfies no rule that allows.</summary>
public sealed class ClientCertaintyTests
{
    [Theory]
    [InlineData("203.0.113.9", "", false, true)]
    [InlineData("203.0.113.9", "198.51.100.7", false, true)]
    [InlineData("192.168.1.66", "", false, true)]
    [InlineData("192.168.1.66", "198.51.100.7", false, false)]
    [InlineData("192.168.1.66", "198.51.100.7", true, true)]
    // the proxy on this machine tells of a client in the house, who says to be a proxy for somebody else
    [InlineData("127.0.0.1", "198.51.100.7, 192.168.1.66", false, false)]
    [InlineData("127.0.0.1", "192.168.1.66", false, true)]
    [InlineData("127.0.0.1", "198.51.100.7", false, true)]
    [InlineData("127.0.0.1", "198.51.100.7, 203.0.113.9", false, true)]
    [InlineData("127.0.0.1", "rubbish", true, false)]
    public void The_address_is_certain_where_each_who_told_it_is_named_or_on_this_machine(string peer, string forwarded, bool isPinned, bool isCertain)
    {
        var services = new ServiceCollection().AddSingleton(new Settings { AreProxiesPinned = isPinned }).AddSingleton<Origins>().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Headers["X-Forwarded-For"] = forwarded;

        context.Edge().IsClientCertain.ShouldBe(isCertain);
    }
}
