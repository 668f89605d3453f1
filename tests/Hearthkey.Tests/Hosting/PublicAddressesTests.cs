using System.Net;
using Hearthkey.Hosting;

namespace Hearthkey.Tests.Hosting;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("::ffff:192.168.1.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::1", false)]
    [InlineData("2606:4700::1111", true)]
    public void Private_and_special_addresses_are_told_from_those_of_the_Internet(string address, bool isPublic) =>
        PublicAddresses.Contain(IPAddress.Parse(address)).ShouldBe(isPublic);
}
