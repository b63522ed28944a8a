using System.Text.Json;
using XenShell.Core.Images;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>An image, as people may see it: not where it comes from.</summary>
public sealed record ImageReport(string Name, string Title, string Description) : IJsonObject
{
    public long? MinDiskMib { get; init; }

    public long? MaxDiskMib { get; init; }

    public long? MinMemoryMib { get; init; }

    /// <summary>Inside the image.</summary>
    public string? Kernel { get; init; }

    /// <summary>The same.</summary>
    public string? Ramdisk { get; init; }

    public static ImageReport Of(Image image) => new(image.Name, image.Title, image.Description)
    {
        MinDiskMib = image.MinDisk,
        MaxDiskMib = image.MaxDisk,
        MinMemoryMib = image.MinMemory,
        Kernel = image.Kernel,
        Ramdisk = image.Ramdisk,
    };

    internal static ImageReport Of(JsonElement from) => new(from.Text("name"), from.Text("title"), from.Text("description"))
    {
        MinDiskMib = from.NumberOrNull("min_disk_mib"),
        MaxDiskMib = from.NumberOrNull("max_disk_mib"),
        MinMemoryMib = from.NumberOrNull("min_memory_mib"),
        Kernel = from.TextOrNull("kernel"),
        Ramdisk = from.TextOrNull("ramdisk"),
    };

    public void Write(Utf8JsonWriter to)
    {
        to.Member("name", Name);
        to.Member("title", Title);
        to.Member("description", Description);
        to.Member("min_disk_mib", MinDiskMib);
        to.Member("max_disk_mib", MaxDiskMib);
        to.Member("min_memory_mib", MinMemoryMib);
        to.Member("kernel", Kernel);
        to.Member("ramdisk", Ramdisk);
    }
}
