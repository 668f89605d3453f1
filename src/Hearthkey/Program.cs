return await Hearthkey.Cli.CommandLine.RunAsync(args);
