namespace Hearthkey.Oidc;

internal static class Placeholder;
