using Hearthkey.Bench;
using Hearthkey.Bench.Flows;
using Hearthkey.Bench.Hosts;
using Hearthkey.Bench.Load;

switch (args)
{
    case [BareHost.Command, ..]:
        return await BareHost.RunAsync(args);
    case [ServerHost.Command, ..]:
        return await ServerHost.RunAsync(args);
    case [Preparation.Command, ..]:
        return await Preparation.RunAsync(args);
    case [CheckLoad.Command, ..]:
        return await CheckLoad.RunAsync(args);
    case [UpstreamHost.Command, ..]:
        return await UpstreamHost.RunAsync();
    case [YarpHost.Command, ..]:
        return await YarpHost.RunAsync(args);
    case [ProxyLoad.Command, ..]:
        return await ProxyLoad.RunAsync(args);
    case [FlowLoad.Command, ..]:
        return await FlowLoad.RunAsync(args);
    default:
        return await Bench.RunAsync(args);
}
