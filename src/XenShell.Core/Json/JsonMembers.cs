using System.Text.Json;

namespace XenShell.Core.Json;

/// <summary>The members of an object: what is null is left out, and what is left out is null.</summary>
public static class JsonMembers
{
    public static void Member(this Utf8JsonWriter to, string name, string? value)
    {
        if (value is not null)
        {
            to.WriteString(name, value);
        }
    }

    public static void Member(this Utf8JsonWriter to, string name, long? value)
    {
        if (value is { } number)
        {
            to.WriteNumber(name, number);
        }
    }

    public static void Member(this Utf8JsonWriter to, string name, double? value)
    {
        if (value is { } number)
        {
            to.WriteNumber(name, number);
        }
    }

    public static void Member(this Utf8JsonWriter to, string name, IJsonObject? value)
    {
        if (value is not null)
        {
            to.WriteStartObject(name);
            value.Write(to);
            to.WriteEndObject();
        }
    }

    public static void Member(this Utf8JsonWriter to, string name, IReadOnlyList<string>? values)
    {
        if (values is not null)
        {
            to.WriteStartArray(name);
            foreach (var value in values)
            {
                to.WriteStringValue(value);
            }

            to.WriteEndArray();
        }
    }

    public static void Member(this Utf8JsonWriter to, string name, IEnumerable<IJsonObject> values)
    {
        to.WriteStartArray(name);
        foreach (var value in values)
        {
            to.WriteStartObject();
            value.Write(to);
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    /// <summary>True, or left out.</summary>
    public static void Mark(this Utf8JsonWriter to, string name, bool value)
    {
        if (value)
        {
            to.WriteBoolean(name, true);
        }
    }

    /// <summary>A value of an enumeration, by its name.</summary>
    public static T Word<T>(this JsonElement from, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(from.Text(name), out var value) ? value : throw new FormatException($"{name} is none that is known");

    public static bool Has(this JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.GetBoolean();

    public static string Text(this JsonElement from, string name) => from.TextOrNull(name) ?? throw new FormatException($"{name} is missing");

    public static string? TextOrNull(this JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static long Number(this JsonElement from, string name) => from.GetProperty(name).GetInt64();

    public static long? NumberOrNull(this JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    public static T? ObjectOrNull<T>(this JsonElement from, string name, Func<JsonElement, T> of)
        where T : class =>
        from.TryGetProperty(name, out var value) ? of(value) : null;

    public static List<T> Objects<T>(this JsonElement from, string name, Func<JsonElement, T> of) =>
        [.. from.GetProperty(name).EnumerateArray().Select(of)];

    public static List<string>? TextsOrNull(this JsonElement from, string name) =>
        from.TryGetProperty(name, out var values)
            ? [.. values.EnumerateArray().Select(value => value.GetString() ?? throw new FormatException($"null in {name}"))]
            : null;
}
