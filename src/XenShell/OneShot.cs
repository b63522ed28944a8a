using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Tenant.Dispatch;
using XenShell.Tenant.Sessions;

namespace XenShell;

/// <summary>One command line, from -c or from ssh: the same parser and the same code as the prompt.</summary>
internal static class OneShot
{
    private static readonly string[] FileTransfer = ["scp", "rsync", "sftp-server", "internal-sftp", "git-upload-pack", "git-receive-pack", "tar"];

    internal static ExitCode Run(Session session, string line)
    {
        session.Gate.IsForOneCommand = true;
        return LineRunner.Run(session, line, () =>
        {
            var words = CommandLine.Split(line, session.Commands);
            return words.Count == 0
                ? throw new UsageException("a command is missing; type 'help'")
                : IsFileTransfer(words[0])
                    ? throw new UsageException("there is no file transfer here (sftp, scp, rsync): copy files to your guest itself")
                    : Dispatcher.Run(session, ForOneShot(CommandLine.Parse(words, session.Commands, most => InputText.Read(Fd.Input, most))));
        });
    }

    private static Invocation ForOneShot(Invocation invocation) => invocation.Command.IsForSessions
        ? throw new UsageException($"{invocation.Command.Name} chooses for a session, and this is one command: name the guest in it, as in 'status GUEST'")
        : invocation;

    private static bool IsFileTransfer(string word) => FileTransfer.Contains(word[(word.LastIndexOf('/') + 1)..]);
}
