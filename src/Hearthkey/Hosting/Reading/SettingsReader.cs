using System.Net;

namespace Hearthkey.Hosting.Reading;

/// <summary>Turns the environment into <see cref="Settings"/>: every mistake is reported, not only the first.</summary>
internal sealed class SettingsReader
{
    private const string Ours = "HEARTHKEY_", Theirs = "AUTHENTIK_";

    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _used = [];

    public List<string> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public Settings Read(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment)
            if (name.StartsWith(Theirs, StringComparison.Ordinal)) _values[name[Theirs.Length..]] = value;
        foreach (var (name, value) in environment)
            if (name.StartsWith(Ours, StringComparison.Ordinal)) _values[name[Ours.Length..]] = value;
        foreach (var name in _values.Keys.ToList())
            if (Resolve(name, _values[name], environment) is { } value) _values[name] = value;

        var defaults = new Settings();
        var settings = defaults with
        {
            Http = Listen("LISTEN__HTTP") ?? defaults.Http,
            Https = Listen("LISTEN__HTTPS") ?? defaults.Https,
            Metrics = Listen("LISTEN__METRICS") ?? defaults.Metrics,
            TrustedProxies = Networks("LISTEN__TRUSTED_PROXY_CIDRS") ?? defaults.TrustedProxies,
            AreProxiesPinned = Text("LISTEN__TRUSTED_PROXY_CIDRS") is not null,
            DataFolder = Text("DATA") ?? defaults.DataFolder,
            SecretKey = SecretKey(),
            Postgres = PostgresSettings.Read(Text, Errors),
            BaseUrl = BaseUrl(),
            BootstrapPassword = Text("BOOTSTRAP_PASSWORD"),
            BootstrapToken = Text("BOOTSTRAP_TOKEN"),
            BootstrapEmail = Text("BOOTSTRAP_EMAIL"),
            LogLevel = Level() ?? defaults.LogLevel,
            DockerSocket = Text("DOCKER__SOCKET"),
            DockerProtects = Switch("DOCKER__PROTECT"),
            StaleMax = Length("STALE_MAX") ?? defaults.StaleMax,
        };
        NameUnknown(environment);
        return settings;
    }

    private string? Text(string name)
    {
        _used.Add(name);
        return _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    private ListenAddress? Listen(string name)
    {
        if (Text(name) is not { } text) return null;
        var address = ListenAddress.Parse(text);
        if (address is null) Errors.Add($"{name} is “{text}”: write an address and a port, such as 127.0.0.1:9000.");
        return address;
    }

    private IReadOnlyList<IPNetwork>? Networks(string name)
    {
        if (Text(name) is not { } text) return null;
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else Errors.Add($"{name} holds “{part}”: write networks such as 10.0.0.0/8, separated by commas.");
        }
        return networks;
    }

    private string? SecretKey()
    {
        var key = Text("SECRET_KEY");
        if (key is { Length: < 32 }) Errors.Add("SECRET_KEY is shorter than 32 characters: make one with “openssl rand -base64 48”.");
        return key;
    }

    private Uri? BaseUrl()
    {
        if (Text("WEB__BASE_URL") is not { } text) return null;
        if (Origin.TryParse(text, out var origin)) return new Uri(origin.ToString());
        Errors.Add($"WEB__BASE_URL is “{text}”: write the address people use, such as https://auth.example.com, without a path.");
        return null;
    }

    private LogLevel? Level()
    {
        var text = Text("LOG_LEVEL");
        switch (text?.ToLowerInvariant())
        {
            case null: return null;
            case "trace": return LogLevel.Trace;
            case "debug": return LogLevel.Debug;
            case "info": return LogLevel.Information;
            case "warning": return LogLevel.Warning;
            case "error": return LogLevel.Error;
            default:
                Errors.Add($"LOG_LEVEL is “{text}”: write trace, debug, info, warning or error.");
                return null;
        }
    }

    private bool Switch(string name)
    {
        var text = Text(name)?.ToLowerInvariant();
        if (text is not (null or "true" or "false")) Errors.Add($"{name} is “{text}”: write true or false.");
        return text == "true";
    }

    private TimeSpan? Length(string name)
    {
        if (Text(name) is not { } text) return null;
        var duration = Duration.Parse(text);
        if (duration is null) Errors.Add($"{name} is “{text}”: write a duration such as minutes=5.");
        return duration;
    }

    private string? Resolve(string name, string value, IReadOnlyDictionary<string, string> environment)
    {
        if (value.StartsWith("env://", StringComparison.Ordinal))
        {
            var source = value["env://".Length..].Split('?')[0];
            if (environment.TryGetValue(source, out var found)) return found;
            Errors.Add($"{name} points to the variable {source}, which is not set.");
        }
        else if (value.StartsWith("file://", StringComparison.Ordinal))
        {
            var path = value["file://".Length..].Split('?')[0];
            try
            {
                return File.ReadAllText(path).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Errors.Add($"{name} points to the file {path}, which cannot be read: {e.Message}");
            }
        }
        return null;
    }

    private void NameUnknown(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var name in _values.Keys.Where(n => !_used.Contains(n)).Order(StringComparer.Ordinal))
        {
            if (EnvironmentNames.IsKnownToAuthentik(name))
                Warnings.Add($"{name} is a setting of authentik that has no meaning here; it is ignored.");
            else if (environment.ContainsKey(Ours + name))
                Errors.Add($"{Ours}{name} is no setting: check its spelling against the reference.");
            else
                Warnings.Add($"{Theirs}{name} is not known; it is ignored.");
        }
    }
}
