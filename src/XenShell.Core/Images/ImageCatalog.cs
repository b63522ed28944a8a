using System.Diagnostics.CodeAnalysis;
using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Images;

/// <summary>
/// The images of the host, read afresh at each call. A file that is not root's, or cannot be understood,
/// is a problem and no image; so is one whose program or source others can change.
/// </summary>
public sealed class ImageCatalog
{
    private const string Suffix = ".conf";

    private readonly SortedDictionary<string, Image> images = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    public IReadOnlyCollection<Image> Images => images.Values;

    /// <summary>"file: reason" each.</summary>
    public IReadOnlyList<string> Problems => problems;

    public bool TryFind(string name, [NotNullWhen(true)] out Image? image) => images.TryGetValue(name, out image);

    public static ImageCatalog Read(HostLayout layout)
    {
        var catalog = new ImageCatalog();
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

                var image = ImageReader.Parse(name, path, layout.TrustedTree.Read(path, Sizes.ImageFile).Bytes);
                RequireTrust(layout.TrustedTree, image);
                catalog.images.Add(name, image);
            }
            catch (Exception e) when (e is ConfigurationException or IOException and not ErrnoException { IsExhaustion: true })
            {
                catalog.problems.Add(e.Message.StartsWith(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}");
            }
        }

        return catalog;
    }

    /// <summary>What root runs or unpacks for it, nobody else can change.</summary>
    /// <exception cref="IOException">Somebody can, or it is missing.</exception>
    private static void RequireTrust(TrustedTree tree, Image image)
    {
        if (image.Program is { } program)
        {
            tree.RequireProgram(program);
        }

        if (image.Source is { } source)
        {
            tree.RequireUnchangeable(source);
        }
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
            problems.Add($"{layout.ImagesFolder}: {e.Message}");
            return [];
        }
    }
}
