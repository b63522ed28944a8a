using System.Globalization;
using System.Text;
using XenShell.Core.Files;
using XenShell.Core.Native;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>Puts files into a file system that is not mounted, by debugfs(8).</summary>
internal sealed class DebugFs(Site site, string volume)
{
    private const string Program = "/usr/sbin/debugfs";

    // What it says of a file that was not there to be removed, and of a folder that is there.
    private static readonly (string Command, string Words)[] Harmless = [("rm: ", "File not found by ext2_lookup"), ("mkdir: ", "Ext2 directory already exists")];

    /// <exception cref="JobException">One of them could not be put there.</exception>
    internal void Put(IReadOnlyList<SystemFile> files)
    {
        Folders.Create(site.WorkFolder);
        var script = new StringBuilder();
        for (var i = 0; i < files.Count; i++)
        {
            var file = files[i];
            var beside = $"{site.WorkFolder}/overlay-{i}";
            if (file.Content is { } content)
            {
                AtomicFile.Write(beside, content);
                script.Append(CultureInfo.InvariantCulture, $"rm /{file.Path}\nwrite {beside} /{file.Path}\n");
            }
            else
            {
                script.Append(CultureInfo.InvariantCulture, $"mkdir /{file.Path}\n");
            }

            var kind = file.Content is null ? 0x4000 : 0x8000; // S_IFDIR, S_IFREG
            script.Append(CultureInfo.InvariantCulture, $"set_inode_field /{file.Path} mode 0x{kind | (int)file.Mode:x}\n");
            script.Append(CultureInfo.InvariantCulture, $"set_inode_field /{file.Path} uid 0\nset_inode_field /{file.Path} gid 0\n");
        }

        var commands = $"{site.WorkFolder}/overlay";
        AtomicFile.Write(commands, Encoding.UTF8.GetBytes(script.ToString()));
        string? complaint = null;
        var code = site.Tools.Run(Program, ["-w", "-f", commands, volume], onLine: line => complaint ??= IsComplaint(line) ? line : null);
        if (code != 0 || complaint is not null)
        {
            throw new JobException("the new system could not be set up");
        }
    }

    // It repeats each command behind its prompt, and ends with 0 whatever happened.
    private static bool IsComplaint(string line) =>
        line.Length > 0 && !line.StartsWith("debugfs", StringComparison.Ordinal) && !line.StartsWith("Allocated inode:", StringComparison.Ordinal)
        && !Harmless.Any(one => line.StartsWith(one.Command, StringComparison.Ordinal) && line.Contains(one.Words, StringComparison.Ordinal));
}
