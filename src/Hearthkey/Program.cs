using Hearthkey;

var app = HearthkeyServer.Create(args);
await app.RunAsync();
