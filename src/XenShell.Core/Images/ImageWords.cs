namespace XenShell.Core.Images;

/// <summary>What a definition calls the methods, and which of its keys each of them takes.</summary>
internal static class ImageWords
{
    internal const string AllMethods = "tar, mmdebstrap, raw, xen-tools or command";

    internal static ImageMethod? MethodOf(string word) => word switch
    {
        "tar" => ImageMethod.Tar,
        "mmdebstrap" => ImageMethod.Mmdebstrap,
        "raw" => ImageMethod.Raw,
        "xen-tools" => ImageMethod.XenTools,
        "command" => ImageMethod.Command,
        _ => null,
    };

    internal static string Of(ImageMethod method) => method switch
    {
        ImageMethod.Tar => "tar",
        ImageMethod.Mmdebstrap => "mmdebstrap",
        ImageMethod.Raw => "raw",
        ImageMethod.XenTools => "xen-tools",
        _ => "command",
    };

    internal static bool IsFor(string key, ImageMethod method) => key switch
    {
        "source" => method != ImageMethod.Command,
        "sha256" => method is ImageMethod.Tar or ImageMethod.Raw,
        "filesystem" => method is ImageMethod.Tar or ImageMethod.Mmdebstrap or ImageMethod.XenTools,
        "dist" or "mirror" => method is ImageMethod.Mmdebstrap or ImageMethod.XenTools,
        "packages" => method == ImageMethod.Mmdebstrap,
        "install_method" or "roles" => method == ImageMethod.XenTools,
        "program" => method == ImageMethod.Command,
        _ => true,
    };
}
