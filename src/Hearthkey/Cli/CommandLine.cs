using System.Collections;
using Hearthkey.Hosting;

namespace Hearthkey.Cli;

/// <summary>
/// The commands of the program: <c>serve</c> (also without any), <c>version</c>, <c>admin recover USERNAME</c>.
/// Exit codes: 0 done, 1 refused (standard error says why), 2 unknown command.
/// </summary>
#pragma warning disable RS0030 // the one place that writes to the console and reads the environment
public static class CommandLine
{
    private const string Usage =
        """
        hearthkey serve                   starts the server (the default)
        hearthkey version                 prints the version
        hearthkey admin recover USERNAME  prints a one-time link that sets this admin's password
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args)
            {
                case [] or ["serve"]:
                    await ServeCommand.RunAsync(Environment(), Console.Out);
                    return 0;
                case ["admin", "recover", var username]:
                    Console.WriteLine(await RecoverCommand.RunAsync(Environment(), username));
                    return 0;
                case ["version"]:
                    Console.WriteLine(Product.Version);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return args is ["help" or "--help" or "-h"] ? 0 : 2;
            }
        }
        catch (StartupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static Dictionary<string, string> Environment()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in global::System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return variables;
    }
}
#pragma warning restore RS0030
