using System.Diagnostics.CodeAnalysis;
using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Limits;
using XenShell.Core.Names;
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

    /// <param name="silentOf">Which of these paths lie on a storage that does not answer: those are not opened, for nobody could end that.</param>
    public static ImageCatalog Read(HostLayout layout, Func<IEnumerable<string>, IReadOnlyCollection<string>> silentOf)
    {
        var catalog = new ImageCatalog();
        foreach (var entry in catalog.Names(layout))
        {
            catalog.Try($"{layout.ImagesFolder}/{entry}", path => catalog.images.Add(Parse(layout, path, entry[..^Suffix.Length])));
        }

        var silent = silentOf(catalog.images.SelectMany(ImageTrust.FilesOf).Select(file => file.Path));
        catalog.images.RemoveAll(image => !catalog.Try(image.File, _ => ImageTrust.Require(image, layout.TrustedTree, silent)));
        return catalog;
    }

    /// <summary>One image, without a look at the others, whose storage may be dead.</summary>
    /// <param name="silentOf">As above.</param>
    /// <exception cref="ConfigurationException">There is none, or it is not understood, or its files cannot be trusted.</exception>
    /// <exception cref="IOException">It cannot be read, or is not root's.</exception>
    public static Image Find(HostLayout layout, string name, Func<IEnumerable<string>, IReadOnlyCollection<string>> silentOf)
    {
        var image = Definition(layout, name);
        ImageTrust.Require(image, layout.TrustedTree, silentOf(ImageTrust.FilesOf(image).Select(file => file.Path)));
        return image;
    }

    /// <summary>What stands in a definition, whether its files are there or not.</summary>
    /// <exception cref="ConfigurationException">There is none, or it is not understood.</exception>
    /// <exception cref="IOException">It cannot be read, or is not root's.</exception>
    public static Image Definition(HostLayout layout, string name)
    {
        var path = $"{layout.ImagesFolder}/{name}{Suffix}";
        try
        {
            return Parse(layout, path, name);
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            throw new ConfigurationException($"{name}: there is no such image ({path})");
        }
    }

    private static Image Parse(HostLayout layout, string path, string name) => ImageName.IsValid(name)
        ? ImageReader.Parse(name, path, layout.TrustedTree.Read(path, Sizes.ImageFile).Bytes)
        : throw new ConfigurationException($"{path}: the name must be small letters, digits, '.', '_' and '-', 40 at most, and not on or off");

    // What one definition has wrong is no other's trouble.
    private bool Try(string path, Action<string> act)
    {
        try
        {
            act(path);
            return true;
        }
        catch (Exception e) when (e is ConfigurationException or IOException and not ErrnoException { IsExhaustion: true })
        {
            problems.Add(new FileProblem(path, e.Message));
            return false;
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
            problems.Add(new FileProblem(layout.ImagesFolder, e.Message));
            return [];
        }
    }
}
