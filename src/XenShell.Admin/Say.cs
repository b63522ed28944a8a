using System.Text;
using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Admin;

/// <summary>Lines for the administrator.</summary>
internal static class Say
{
    internal static void Line(string line) => Fd.Output.WriteAll(Encoding.UTF8.GetBytes(line + "\n"));

    internal static ExitCode NoSuchJob(string id)
    {
        Error($"{id}: there is no such job");
        return ExitCode.Failed;
    }

    internal static void Error(string line) => Fd.Error.WriteAll(Encoding.UTF8.GetBytes($"xen-shell-admin: {line}\n"));
}
