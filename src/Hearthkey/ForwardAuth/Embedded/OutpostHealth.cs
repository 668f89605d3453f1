using System.Text.Json;

namespace Hearthkey.ForwardAuth.Embedded;

/// <summary>How one process of an outpost is, in wire shape. Members about Go and OpenSSL are empty: this is neither.</summary>
internal sealed record OutpostHealth(
    string Uid, DateTimeOffset LastSeen, string Version, string GolangVersion, bool OpensslEnabled, string OpensslVersion, bool? FipsEnabled,
    string VersionShould, bool VersionOutdated, string BuildHash, string BuildHashShould, string Hostname);

/// <summary>The settings that a new outpost starts with, in wire shape.</summary>
internal sealed record OutpostDefaults(JsonElement Config);
