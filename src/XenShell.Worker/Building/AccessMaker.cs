using System.Text;
using XenShell.Core;
using XenShell.Core.Jobs;
using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>Gathers who gets into the new system, and makes its host keys or takes the old system's.</summary>
internal sealed class AccessMaker(HostLayout layout, Tools tools)
{
    private const string KeyGen = "/usr/bin/ssh-keygen";
    private static readonly string[] Types = ["ed25519", "ecdsa", "rsa"]; // what Debian's sshd looks for

    /// <exception cref="JobException">Something of it cannot be had.</exception>
    internal NewAccess Make(Job job)
    {
        var folder = $"{layout.WorkFolder}/{job.Id}";
        Folders.Create(folder);
        return new NewAccess(job.Keys, job.HasPassword ? PasswordHash(job) : null, job.KeepsHostKeys ? Kept(job, folder) : New(job, folder, Types));
    }

    // The gate has shown the password to whoever ordered this, and knows it no more.
    private string PasswordHash(Job job)
    {
        using var file = FileSystem.TryOpen(JobStore.PasswordOf(layout, job.Id)) ?? throw new JobException("the password's hash is gone");
        return Encoding.ASCII.GetString(file.ReadAll(Sizes.SignedLock) ?? []).TrimEnd('\n');
    }

    private List<SystemFile> New(Job job, string folder, IEnumerable<string> types)
    {
        var files = new List<SystemFile>();
        foreach (var type in types)
        {
            var path = $"{folder}/ssh_host_{type}_key";
            tools.Require("the new system's host keys could not be made", KeyGen, "-q", "-t", type, "-N", "", "-C", $"root@{job.Guest}", "-f", path);
            files.Add(Taken(path, $"etc/ssh/ssh_host_{type}_key", SystemFile.Private));
            files.Add(Taken($"{path}.pub", $"etc/ssh/ssh_host_{type}_key.pub", SystemFile.Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        }

        return files;
    }

    private static SystemFile Taken(string from, string path, UnixFileMode mode)
    {
        using var file = FileSystem.TryOpen(from) ?? throw new JobException("the new system's host keys could not be made");
        return new SystemFile(path, mode, file.ReadAll(WorkerLimits.ChangedFile));
    }

    // From the guest's own disk, as it is: nothing of it is mounted, and it may be in use by the guest.
    private List<SystemFile> Kept(Job job, string folder)
    {
        var old = new DebugFs(tools, job.Steps[0].Current, folder);
        var files = new List<SystemFile>();
        var kept = new List<string>();
        foreach (var type in Types)
        {
            var path = $"etc/ssh/ssh_host_{type}_key";
            if (old.Read(path) is { } key && old.Read($"{path}.pub") is { Content.Length: <= WorkerLimits.PublicKey } half)
            {
                files.Add(key with { Mode = SystemFile.Private, Group = 0 });
                files.Add(half with { Group = 0 });
                kept.Add(type);
            }
        }

        if (kept.Count == 0)
        {
            throw new JobException("the old system's host keys cannot be read from its disk; without --keep-host-keys new ones are made");
        }

        return [.. files, .. New(job, folder, Types.Except(kept))]; // where it had none the image's would be everybody's
    }
}
