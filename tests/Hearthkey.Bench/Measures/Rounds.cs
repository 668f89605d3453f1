namespace Hearthkey.Bench.Measures;

/// <summary>Measures all sides in turn, every second round backwards: none always comes after the same other one.</summary>
internal static class Rounds
{
    public static async Task RunAsync<T>(int rounds, IReadOnlyList<T> sides, Func<T, Task> measure)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var side in round % 2 == 0 ? sides : sides.Reverse()) await measure(side);
        }
    }
}
