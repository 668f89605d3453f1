using Hearthkey.Demo;
using Hearthkey.Hosting;
using Microsoft.Extensions.Hosting;

if (Addresses.Read(args) is not { } addresses)
{
    await Console.Error.WriteLineAsync("./run demo [--port N]     N: the server's port (default 9000); the second app takes the next one");
    return 2;
}
using var data = new ThrowAwayFolder();
var house = new House(addresses, data.Path);
try
{
    await using var server = await house.StartAsync();
    await using var whoAmI = await WhoAmI.StartAsync(addresses);
    await using var notes = await Notes.StartAsync(addresses, house.NotesSecret);
    await house.FurnishAsync(new Uri(whoAmI.Urls.Single()));
    Console.WriteLine(house.Greeting);
    await server.WaitForShutdownAsync();
    return 0;
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
