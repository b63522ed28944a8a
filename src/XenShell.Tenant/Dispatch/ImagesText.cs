using System.Text;
using XenShell.Core.Reports;

namespace XenShell.Tenant.Dispatch;

/// <summary>images for people.</summary>
public static class ImagesText
{
    /// <summary>A paragraph each, in lines that are not wrapped yet.</summary>
    public static string Of(ImagesReport report)
    {
        var text = new StringBuilder();
        if (RefusedFilesText.OfImages(report.RefusedFiles) is { } refused)
        {
            text.Append(refused).Append('\n');
        }

        if (report.Images.Count == 0)
        {
            text.Append($"no image is open to you for {report.Guest}; please ask your provider\n");
        }

        var width = report.Images.Count == 0 ? 0 : report.Images.Max(image => image.Name.Length);
        foreach (var image in report.Images)
        {
            text.Append(image.Name.PadRight(width)).Append("  ").Append(image.Title).Append('\n');
            if (image.Description.Length > 0)
            {
                text.Append("    ").Append(image.Description).Append('\n');
            }

            if (Needs(image) is { Length: > 0 } needs)
            {
                text.Append("    needs ").Append(needs).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Needs(ImageReport image) => string.Join(" and ", new[] { Disk(image), image.MinMemoryMib is { } memory ? $"{memory} MiB of memory" : null }.OfType<string>());

    private static string? Disk(ImageReport image) => (image.MinDiskMib, image.MaxDiskMib) switch
    {
        ({ } least, { } most) => $"a disk of {least} to {most} MiB",
        ({ } least, null) => $"a disk of {least} MiB",
        (null, { } most) => $"a disk of {most} MiB at most",
        _ => null,
    };
}
