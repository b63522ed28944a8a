using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Core.Images;

/// <summary>What root runs, unpacks or copies for an image nobody else can change.</summary>
internal static class ImageTrust
{
    internal const string FilesUrl = "file:///";

    internal static IEnumerable<ImageFile> FilesOf(Image image)
    {
        if (image.Program is { } program)
        {
            yield return new ImageFile("program", program);
        }

        if (image.Source is { } source)
        {
            yield return new ImageFile("source", source);
        }

        if (image.Mirror is ['/', ..] sources)
        {
            yield return new ImageFile("mirror", sources);
        }
        else if (image.Mirror is { } mirror && mirror.StartsWith(FilesUrl, StringComparison.Ordinal))
        {
            yield return new ImageFile("mirror", mirror[(FilesUrl.Length - 1)..].TrimEnd('/'));
        }
    }

    /// <param name="silent">Paths on a storage that does not answer: those are not opened.</param>
    /// <exception cref="ConfigurationException">file:line: key: somebody else can, it is not there, or it does not answer.</exception>
    internal static void Require(Image image, TrustedTree tree, IReadOnlyCollection<string> silent)
    {
        foreach (var file in FilesOf(image))
        {
            try
            {
                Require(image, file, tree, isSilent: silent.Contains(file.Path));
            }
            catch (ErrnoException e) when (e.IsMissing && file.Key == "source" && image.Method == ImageMethod.Mmdebstrap)
            {
                throw KeyValueFile.Error(image.Places[file.Key], file.Key, $"{file.Path} is not made yet; 'xen-shell-admin image build {image.Name}' makes it");
            }
            catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
            {
                throw KeyValueFile.Error(image.Places[file.Key], file.Key, e.Message);
            }
        }
    }

    private static void Require(Image image, ImageFile file, TrustedTree tree, bool isSilent)
    {
        if (isSilent)
        {
            throw new IOException($"{file.Path}: its storage does not answer");
        }

        if (file.Key == "program")
        {
            tree.RequireProgram(file.Path);
        }
        else if (file.Key == "source" && image is not { Method: ImageMethod.XenTools, InstallMethod: not "tar" })
        {
            tree.RequireFile(file.Path);
        }
        else
        {
            tree.RequireUnchangeable(file.Path);
        }
    }
}
