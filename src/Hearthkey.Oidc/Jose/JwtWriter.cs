using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Hearthkey.Oidc.Jose;

/// <summary>Signs a payload as a compact JWS (RFC 7515 §7.1).</summary>
internal static class JwtWriter
{
    public static string Sign(SignatureAlgorithm signer, string type, ReadOnlySpan<byte> payload)
    {
        var header = signer.EncodedHeader(type);
        var contentLength = header.Length + 1 + Base64Url.GetEncodedLength(payload.Length);
        var length = contentLength + 1 + Base64Url.GetEncodedLength(signer.SignatureSize);
        var token = ArrayPool<byte>.Shared.Rent(length);

        header.CopyTo(token);
        token[header.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, token.AsSpan(header.Length + 1), out _, out _);
        Span<byte> signature = stackalloc byte[signer.SignatureSize];
        signer.Sign(token.AsSpan(0, contentLength), signature);
        token[contentLength] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, token.AsSpan(contentLength + 1), out _, out _);

        var text = Encoding.ASCII.GetString(token, 0, length);
        ArrayPool<byte>.Shared.Return(token);
        return text;
    }
}
