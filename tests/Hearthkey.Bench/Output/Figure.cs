namespace Hearthkey.Bench.Output;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Ours">Our figure, with its unit.</param>
/// <param name="Reference">What it is compared with in the same run, with its unit; a dash where the target is absolute.</param>
/// <param name="Value">The figure that the target is about: a ratio, or the absolute figure.</param>
/// <param name="Unit">Unit of <paramref name="Value"/>; <c>×</c> for ratios.</param>
/// <param name="Target">At most this.</param>
/// <param name="Errors">Answers that were wrong, on both sides together; a figure with errors is no figure.</param>
/// <param name="Count">Answers looked at.</param>
internal sealed record Figure(string What, string Ours, string Reference, double Value, string Unit, double Target, long Errors, long Count)
{
    public bool IsReached => Errors == 0 && Value <= Target;
}
