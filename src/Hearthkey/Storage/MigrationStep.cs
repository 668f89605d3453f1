using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Storage;

/// <summary>One step of the schema, applied once and never changed afterwards. Numbers run from 1 without a gap.</summary>
public sealed record MigrationStep(int Number, string Name, string Text)
{
    /// <summary>Tells a file that was changed after it had been applied; line endings do not count.</summary>
    public string Sum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));
}
