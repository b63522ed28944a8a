using System.Text;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>Something that a program is asked, which can be left behind when it does not answer: a call to a dead storage ends when that is back.</summary>
internal sealed class Question
{

    private readonly ChildProcess child;
    private readonly Fd output;

    /// <param name="arguments">A character a byte, with the program first.</param>
    internal Question(params string[] arguments)
    {
        (output, var write) = Fd.Pipe();
        using (write)
        {
            try
            {
                child = ChildProcess.Start(new SpawnRequest(arguments[0], arguments, [])
                {
                    Output = write,
                    Error = write,
                    NewSession = true,
                    HasByteArguments = true,
                });
            }
            catch
            {
                output.Dispose();
                throw;
            }
        }
    }

    /// <returns>Its exit code and all that it said; the code is null when it did not answer in time.</returns>
    internal (int? Code, string Text) Answer(TimeSpan within)
    {
        using (output)
        {
            var code = child.Wait(within);
            if (child.TryKill(Waits.LetGo))
            {
                child.Dispose();
            }

            return (code, code is 0 or 1 ? Encoding.Latin1.GetString(output.ReadAll(Sizes.DiskAnswer) ?? []) : "");
        }
    }
}
