using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using XenShell.Core.Files;
using XenShell.Core.Native;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>
/// Reads and changes a file system of ext's that is not mounted, by debugfs(8), whose links lead nowhere but within it. What is
/// read may be a tenant's, made to cost the host all it has: it comes by a file, not by the output, which is logged, and whatever
/// it is, debugfs gets no more for it than its bounds.
/// </summary>
/// <param name="volume">Where it is.</param>
/// <param name="folder">To put files in on the way: private, and gone with the job.</param>
internal sealed partial class DebugFs(Tools tools, string volume, string folder) : IBaseSystem
{
    private const string Program = "/usr/sbin/debugfs";

    // What it says of a file that was not there to be removed, and of a folder that is there.
    private static readonly (string Command, string Words)[] Harmless = [("rm: ", "File not found by ext2_lookup"), ("mkdir: ", "Ext2 directory already exists")];

    /// <summary>Of each run of it.</summary>
    internal Bounds Bounds { get; init; } = WorkerLimits.DebugFs;

    public bool Has(string path) => Status(path) is not null;

    /// <returns>Null also for what is larger than a file that we change may be.</returns>
    public SystemFile? Read(string path)
    {
        if (Status(path) is not { IsFile: true, Size: <= WorkerLimits.ChangedFile } status)
        {
            return null;
        }

        Folders.Create(folder);
        var beside = $"{folder}/read";
        FileSystem.Remove(beside);
        Ask($"dump /{path} {beside}");
        using var file = FileSystem.TryOpen(beside);
        var content = file?.ReadAll(WorkerLimits.ChangedFile);
        FileSystem.Remove(beside);
        return content is not null && content.Length == status.Size ? new SystemFile(path, (UnixFileMode)status.Mode, content) { Group = status.Group } : null;
    }

    /// <exception cref="JobException">One of them could not be put there.</exception>
    internal void Put(IReadOnlyList<SystemFile> files)
    {
        Folders.Create(folder);
        var script = new StringBuilder();
        for (var i = 0; i < files.Count; i++)
        {
            var file = files[i];
            if (file.IsFolder)
            {
                script.Append(CultureInfo.InvariantCulture, $"mkdir /{file.Path}\n");
            }
            else
            {
                script.Append(CultureInfo.InvariantCulture, $"rm /{file.Path}\n");
            }

            if (file.Target is { } target)
            {
                script.Append(CultureInfo.InvariantCulture, $"symlink /{file.Path} {target}\n");
                continue; // made as root's, with all rights
            }

            if (file.Content is { } content)
            {
                AtomicFile.Write($"{folder}/overlay-{i}", content);
                script.Append(CultureInfo.InvariantCulture, $"write {folder}/overlay-{i} /{file.Path}\n");
            }

            var kind = file.IsFolder ? 0x4000 : 0x8000; // S_IFDIR, S_IFREG
            script.Append(CultureInfo.InvariantCulture, $"set_inode_field /{file.Path} mode 0x{kind | (int)file.Mode:x}\n");
            script.Append(CultureInfo.InvariantCulture, $"set_inode_field /{file.Path} uid 0\nset_inode_field /{file.Path} gid {file.Group}\n");
        }

        var commands = $"{folder}/overlay";
        AtomicFile.Write(commands, Encoding.UTF8.GetBytes(script.ToString()));
        string? complaint = null;
        var code = tools.Run(Program, ["-w", "-f", commands, volume], onLine: line => complaint ??= IsComplaint(line) ? line : null, bounds: Bounds);
        if (code != 0 || complaint is not null)
        {
            throw new JobException("the new system could not be set up");
        }
    }

    // It repeats each command behind its prompt, and ends with 0 whatever happened.
    private static bool IsComplaint(string line) =>
        line.Length > 0 && !line.StartsWith("debugfs", StringComparison.Ordinal) && !line.StartsWith("Allocated inode:", StringComparison.Ordinal)
        && !Harmless.Any(one => line.StartsWith(one.Command, StringComparison.Ordinal) && line.Contains(one.Words, StringComparison.Ordinal));

    private (bool IsFile, int Mode, int Group, long Size)? Status(string path)
    {
        (bool IsFile, int Mode)? kind = null;
        (int Group, long Size)? rest = null;
        Ask($"stat /{path}", line =>
        {
            if (KindAndMode().Match(line) is { Success: true } first)
            {
                kind ??= (first.Groups[1].Value == "regular", Convert.ToInt32(first.Groups[2].Value, 8) & 0xFFF);
            }
            else if (GroupAndSize().Match(line) is { Success: true } second)
            {
                rest ??= (int.Parse(second.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(second.Groups[2].Value, CultureInfo.InvariantCulture));
            }
        });
        return kind is { } known && rest is { } more ? (known.IsFile, known.Mode, more.Group, more.Size) : null;
    }

    // It ends with 0 where there is no such file. One that was killed, or not started, has not said so: the image's own keys would stay.
    private void Ask(string command, Action<string>? onLine = null)
    {
        if (tools.Run(Program, ["-R", command, volume], onLine: onLine, isLogged: false, bounds: Bounds with { Written = WorkerLimits.ChangedFile }) is > 125 and var code)
        {
            throw new JobException($"the file system could not be read (debugfs ended with {code})");
        }
    }

    [GeneratedRegex(@"^Inode: [0-9]+ +Type: (\S+) +Mode: +([0-7]{1,6}) ")]
    private static partial Regex KindAndMode();

    [GeneratedRegex(@"^User: +[0-9]{1,9} +Group: +([0-9]{1,9}) .*Size: ([0-9]{1,18})")]
    private static partial Regex GroupAndSize();
}
