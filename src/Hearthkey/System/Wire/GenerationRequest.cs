using Hearthkey.Resources;

namespace Hearthkey.System.Wire;

/// <summary>What a new self-signed certificate is asked to be.</summary>
internal sealed record GenerationRequest(string CommonName, IReadOnlyList<string> AlternativeNames, int Days, string Alg)
{
    /// <summary>A hundred years: what a certificate's dates can hold is far away, and a mistyped number near (own choice).</summary>
    private const int MaxDays = 36525;

    public static GenerationRequest Read(FieldReader input, FieldErrors errors)
    {
        // X.520 upper bound of a common name
        var name = input.Text("common_name", "", required: true, blank: false, max: 64).Trim();
        var names = input.Text("subject_alt_name", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Array.Exists(names, n => n.Any(c => c > 127 || char.IsWhiteSpace(c)))) errors.Add("subject_alt_name", "Write host names and addresses, separated by commas.");
        var days = input.Number("validity_days", 0, required: true, min: 1, max: MaxDays);
        var alg = input.Choice("alg", "rsa", ["rsa", "ecdsa"], unbuilt: ["ed25519", "ed448"]);
        return new(name, names, (int)days, alg);
    }
}
