using System.Buffers.Binary;
using System.Numerics;

namespace Hearthkey.Directory.Hashing;

/// <summary>Blocks of 1 KiB and the compression function of Argon2 (RFC 9106 §3.5 and §3.6).</summary>
internal static class Argon2Block
{
    public const int Words = 128;

    /// <summary>G: mixes two blocks into a third; in later passes over what stands there.</summary>
    public static void Mix(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y, Span<ulong> into, bool isFirst)
    {
        Span<ulong> r = stackalloc ulong[Words], z = stackalloc ulong[Words];
        for (var i = 0; i < Words; i++) z[i] = r[i] = x[i] ^ y[i];
        for (var row = 0; row < 8; row++) Permute(z, row * 16, 2);
        for (var column = 0; column < 8; column++) Permute(z, column * 2, 16);
        for (var i = 0; i < Words; i++) into[i] = r[i] ^ z[i] ^ (isFirst ? 0 : into[i]);
    }

    /// <summary>The next 128 pseudo-random values, where addressing must not depend on the password; counts word 6 up.</summary>
    public static void NextAddresses(Span<ulong> input, Span<ulong> addresses)
    {
        Span<ulong> zero = stackalloc ulong[Words];
        zero.Clear();
        input[6]++;
        Mix(zero, input, addresses, isFirst: true);
        Mix(zero, addresses, addresses, isFirst: true);
    }

    public static void Read(ReadOnlySpan<byte> bytes, Span<ulong> block)
    {
        for (var i = 0; i < Words; i++) block[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * 8)..]);
    }

    public static byte[] Write(ReadOnlySpan<ulong> block)
    {
        var bytes = new byte[Words * 8];
        for (var i = 0; i < Words; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), block[i]);
        return bytes;
    }

    // P on eight pairs of words: pair k stands at from + k * stride
    private static void Permute(Span<ulong> v, int from, int stride)
    {
        Span<int> at = stackalloc int[16];
        for (var k = 0; k < 16; k++) at[k] = from + (k / 2 * stride) + (k % 2);
        for (var k = 0; k < 4; k++) Quarter(ref v[at[k]], ref v[at[k + 4]], ref v[at[k + 8]], ref v[at[k + 12]]);
        for (var k = 0; k < 4; k++)
            Quarter(ref v[at[k]], ref v[at[4 + ((k + 1) % 4)]], ref v[at[8 + ((k + 2) % 4)]], ref v[at[12 + ((k + 3) % 4)]]);
    }

    private static void Quarter(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a = Add(a, b);
        d = BitOperations.RotateRight(d ^ a, 32);
        c = Add(c, d);
        b = BitOperations.RotateRight(b ^ c, 24);
        a = Add(a, b);
        d = BitOperations.RotateRight(d ^ a, 16);
        c = Add(c, d);
        b = BitOperations.RotateRight(b ^ c, 63);
    }

    private static ulong Add(ulong a, ulong b) => a + b + (2 * (a & uint.MaxValue) * (b & uint.MaxValue));
}
