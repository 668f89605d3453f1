using System.Security.Cryptography;

namespace Hearthkey.Ui;

/// <summary>A short word that a person can read out and an operator can find in the log and the events: one for each request.</summary>
public static class ErrorReference
{
    /// <summary>No vowels, no look-alikes: it is read out over the phone and must not spell a word.</summary>
    private const string Letters = "23456789BCDFGHJKMNPQRSTVWXZ";

    /// <summary>27^8 is 2.8e11: two failures of one log do not share a reference by accident.</summary>
    private const int Length = 8;

    /// <summary>This request's reference; whoever logs the failure writes the same one.</summary>
    public static string Reference(this HttpContext c)
    {
        if (c.Features.Get<Holder>() is { } known) return known.Text;
        var text = RandomNumberGenerator.GetString(Letters, Length).Insert(Length / 2, "-");
        c.Features.Set(new Holder(text));
        return text;
    }

    private sealed record Holder(string Text);
}
