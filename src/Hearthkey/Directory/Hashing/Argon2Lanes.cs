using System.Buffers.Binary;
using NSec.Cryptography;

namespace Hearthkey.Directory.Hashing;

/// <summary>
/// Argon2id with several lanes (RFC 9106 §3), which libsodium does not offer and Django's hashes use. Only for passwords that were brought
/// along: it runs once per person, then our own hash takes its place.
/// </summary>
internal static class Argon2Lanes
{
    private const int Slices = 4;
    private const uint TypeId = 2, Version = 0x13;

    public static byte[] Derive(byte[] password, Argon2Hash form)
    {
        int lanes = form.Lanes, segment = form.Memory / (Slices * lanes), columns = segment * Slices;
        var memory = new ulong[(long)lanes * columns * Argon2Block.Words];
        var seed = Seed(password, form);
        for (var lane = 0; lane < lanes; lane++)
            for (var column = 0; column < 2; column++)
                Argon2Block.Read(LongHash([.. seed, .. Le(column), .. Le(lane)], Argon2Block.Words * 8), At(memory, columns, lane, column));
        for (var pass = 0; pass < form.Passes; pass++)
            for (var slice = 0; slice < Slices; slice++)
                for (var lane = 0; lane < lanes; lane++)
                    FillSegment(memory, form, columns, segment, pass, slice, lane);
        var last = new ulong[Argon2Block.Words];
        for (var lane = 0; lane < lanes; lane++)
        {
            var block = At(memory, columns, lane, columns - 1);
            for (var i = 0; i < last.Length; i++) last[i] ^= block[i];
        }
        return LongHash(Argon2Block.Write(last), form.Hash.Length);
    }

    private static void FillSegment(ulong[] memory, Argon2Hash form, int columns, int segment, int pass, int slice, int lane)
    {
        var isIndependent = pass == 0 && slice < Slices / 2;
        Span<ulong> input = stackalloc ulong[Argon2Block.Words], addresses = stackalloc ulong[Argon2Block.Words];
        input.Clear();
        (input[0], input[1], input[2]) = ((ulong)pass, (ulong)lane, (ulong)slice);
        (input[3], input[4], input[5]) = ((ulong)form.Lanes * (ulong)columns, (ulong)form.Passes, TypeId);
        var first = pass == 0 && slice == 0 ? 2 : 0;
        for (var index = first; index < segment; index++)
        {
            if (isIndependent && (index == first || index % Argon2Block.Words == 0)) Argon2Block.NextAddresses(input, addresses);
            var column = (slice * segment) + index;
            var before = At(memory, columns, lane, column == 0 ? columns - 1 : column - 1);
            var random = isIndependent ? addresses[index % Argon2Block.Words] : before[0];
            var otherLane = pass == 0 && slice == 0 ? lane : (int)((random >> 32) % (uint)form.Lanes);
            var area = (pass == 0 ? slice * segment : columns - segment) + (otherLane == lane ? index - 1 : index == 0 ? -1 : 0);
            var x = (random & uint.MaxValue) * (random & uint.MaxValue) >> 32;
            var relative = area - 1 - (int)((ulong)area * x >> 32);
            var start = pass == 0 || slice == Slices - 1 ? 0 : (slice + 1) * segment;
            var other = At(memory, columns, otherLane, (start + relative) % columns);
            Argon2Block.Mix(before, other, At(memory, columns, lane, column), isFirst: pass == 0);
        }
    }

    private static Span<ulong> At(ulong[] memory, int columns, int lane, int column) =>
        memory.AsSpan(((lane * columns) + column) * Argon2Block.Words, Argon2Block.Words);

    private static byte[] Seed(byte[] password, Argon2Hash form) => Short(
    [
        .. Le(form.Lanes), .. Le(form.Hash.Length), .. Le(form.Memory), .. Le(form.Passes), .. Le((int)Version), .. Le((int)TypeId),
        .. Le(password.Length), .. password, .. Le(form.Salt.Length), .. form.Salt, .. Le(0), .. Le(0),
    ], 64);

    // H' of §3.3
    private static byte[] LongHash(byte[] input, int length)
    {
        byte[] text = [.. Le(length), .. input];
        if (length <= 64) return Short(text, length);
        var result = new byte[length];
        var value = Short(text, 64);
        var done = 0;
        while (length - done > 64)
        {
            value.AsSpan(0, 32).CopyTo(result.AsSpan(done));
            done += 32;
            value = Short(value, Math.Min(64, length - done));
        }
        value.CopyTo(result.AsSpan(done));
        return result;
    }

    private static byte[] Short(byte[] input, int length) => new Blake2b(length).Hash(input);

    private static byte[] Le(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
