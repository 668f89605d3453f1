namespace Hearthkey.Outpost;

internal static class Placeholder;
