using System.Diagnostics.CodeAnalysis;
using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Images;

/// <summary>
/// The images of the host, read afresh at each call. A file that is not root's, or cannot be understood,
/// is a problem and no image.
/// </summary>
public sealed class ImageCatalog
{
    private const string Suffix = ".conf";

    private readonly List<Image> images = [];
    private readonly List<FileProblem> problems = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<Image> Images => images;

    public IReadOnlyList<FileProblem> Problems => problems;

    public bool TryFind(string name, [NotNullWhen(true)] out Image? image) => (image = images.Find(one => one.Name == name)) is not null;

    public static ImageCatalog Read(HostLayout layout)
    {
        var catalog = new ImageCatalog();
        var reader = new ImageReader(layout.TrustedTree);
        foreach (var entry in catalog.Names(layout))
        {
            var path = $"{layout.ImagesFolder}/{entry}";
            try
            {
                var name = entry[..^Suffix.Length];
                if (!Image.IsName(name))
                {
                    throw new ConfigurationException($"{path}: the name must be small letters, digits, '.', '_' and '-', 40 at most, and not on or off");
                }

                catalog.images.Add(reader.Parse(name, path, layout.TrustedTree.Read(path, Sizes.ImageFile).Bytes));
            }
            catch (Exception e) when (e is ConfigurationException or IOException and not ErrnoException { IsExhaustion: true })
            {
                catalog.problems.Add(new FileProblem(path, e.Message));
            }
        }

        return catalog;
    }

    private IEnumerable<string> Names(HostLayout layout)
    {
        try
        {
            return [.. layout.TrustedTree.Names(layout.ImagesFolder).Where(name => name.EndsWith(Suffix, StringComparison.Ordinal) && name[0] != '.')];
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return [];
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            problems.Add(new FileProblem(layout.ImagesFolder, e.Message));
            return [];
        }
    }
}
