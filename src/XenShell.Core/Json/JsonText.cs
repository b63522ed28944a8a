using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace XenShell.Core.Json;

/// <summary>Whole documents.</summary>
public static class JsonText
{
    /// <param name="encoder">Which characters are escaped; null for those that have to be.</param>
    public static byte[] Json(this IJsonObject value, JavaScriptEncoder? encoder = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = encoder ?? RelaxedEncoder.Instance, SkipValidation = true }))
        {
            to.WriteStartObject();
            value.Write(to);
            to.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <param name="of">Makes it of the document's object.</param>
    /// <exception cref="JsonException">It is no such document.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> of)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return of(document.RootElement);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException(e.Message);
        }
    }
}
