using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Tests;

/// <summary>A private host below a temporary folder, gone with the test.</summary>
internal sealed class Scratch : IDisposable
{
    internal Scratch()
    {
        Folder = Directory.CreateTempSubdirectory("xen-shell-test-").FullName;
        Layout = new HostLayout(Folder, "/usr", ThisProcess.RealUid);
        foreach (var folder in new[] { "etc/xen", "etc/xen/auto", "etc/xen-shell/grants.d", "run/xen-shell", "var/log/xen-shell", "var/log/xen/console" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, folder), OwnerWrites);
        }
    }

    private const UnixFileMode OwnerWrites =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    internal string Folder { get; }

    internal HostLayout Layout { get; }

    internal string At(string relative) => Path.Combine(Folder, relative);

    internal string Write(string relative, string text)
    {
        var path = Path.Combine(Folder, relative);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        return path;
    }

    internal string Guest(string name, string lines = "") => Write($"etc/xen/{name}.cfg", $"name = '{name}'\n{lines}\n");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
