using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Hearthkey.Outpost.Proxying;

/// <summary>Makes YARP's forwarder, which it hands out through a container only.</summary>
internal static class Forwarders
{
    // it logs nowhere: its lines would carry addresses with their arguments, and what fails is told as a finding
    public static IHttpForwarder Create() =>
        new ServiceCollection().AddLogging().AddHttpForwarder().BuildServiceProvider().GetRequiredService<IHttpForwarder>();
}
