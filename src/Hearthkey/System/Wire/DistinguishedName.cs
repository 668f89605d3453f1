using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hearthkey.System.Wire;

/// <summary>Writes a distinguished name as RFC 4514 does: last part first, separated by commas, special characters escaped.</summary>
internal static class DistinguishedName
{
    public static string Text(X500DistinguishedName name)
    {
        var text = new StringBuilder();
        foreach (var part in name.EnumerateRelativeDistinguishedNames(reversed: true))
        {
            if (part.HasMultipleElements) return name.Name;
            if (text.Length > 0) text.Append(',');
            text.Append(Short(part.GetSingleElementType().Value, part.GetSingleElementType().FriendlyName)).Append('=');
            Escape(text, part.GetSingleElementValue() ?? "");
        }
        return text.ToString();
    }

    // RFC 4514 §3
    private static string Short(string? oid, string? friendly) => oid switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.6" => "C",
        "2.5.4.9" => "STREET",
        "0.9.2342.19200300.100.1.25" => "DC",
        "0.9.2342.19200300.100.1.1" => "UID",
        _ => oid ?? friendly ?? "",
    };

    // RFC 4514 §2.4
    private static void Escape(StringBuilder text, string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var isAtEdge = (i == 0 && value[i] is ' ' or '#') || (i == value.Length - 1 && value[i] == ' ');
            if (isAtEdge || value[i] is '"' or '+' or ',' or ';' or '<' or '>' or '\\') text.Append('\\');
            text.Append(value[i]);
        }
    }
}
