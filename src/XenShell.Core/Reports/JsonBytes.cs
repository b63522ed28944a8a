using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace XenShell.Core.Reports;

/// <summary>
/// The JSON of what every call needs is written and read by hand, without the serializer: before its first document that
/// makes itself a picture of every type in it, a third of all that a call of the gate costs.
/// </summary>
internal static class JsonBytes
{
    /// <param name="encoder">Which characters are escaped; null for all but plain ones.</param>
    internal static byte[] Of(Action<Utf8JsonWriter> write, JavaScriptEncoder? encoder = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = encoder, SkipValidation = true }))
        {
            write(writer);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Left out where there is none.</summary>
    internal static void WriteAny(this Utf8JsonWriter to, string name, string? value)
    {
        if (value is not null)
        {
            to.WriteString(name, value);
        }
    }

    internal static void WriteAny(this Utf8JsonWriter to, string name, long? value)
    {
        if (value is { } number)
        {
            to.WriteNumber(name, number);
        }
    }
}
