using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>Finds the toolstack that xen-shell.conf asks for.</summary>
public static class ToolstackChoice
{
    private const string Xl = "/usr/sbin/xl", Xm = "/usr/sbin/xm", Xentop = "/usr/sbin/xentop";

    /// <exception cref="ToolstackException">None is there, or it is not root's own program.</exception>
    public static Toolstack Choose(Settings settings, TrustedTree tree)
    {
        (string Path, ToolstackKind Kind)[] candidates = settings switch
        {
            { ToolstackPath: { } path, Toolstack: ToolstackKind.Xm } => [(path, ToolstackKind.Xm)],
            { ToolstackPath: { } path } => [(path, ToolstackKind.Xl)],
            { Toolstack: ToolstackKind.Xl } => [(Xl, ToolstackKind.Xl)],
            { Toolstack: ToolstackKind.Xm } => [(Xm, ToolstackKind.Xm)],
            _ => [(Xl, ToolstackKind.Xl), (Xm, ToolstackKind.Xm)],
        };

        foreach (var (path, kind) in candidates)
        {
            try
            {
                tree.RequireProgram(path);
            }
            catch (ErrnoException e) when (e.IsMissing)
            {
                continue;
            }
            catch (IOException e)
            {
                throw new ToolstackException("the toolstack is not safe to run", e.Message, isSilent: true);
            }

            string[] top = settings.ToolstackPath is null ? [Xentop] : [path, "top"];
            return kind == ToolstackKind.Xm ? new XmToolstack(path, top) : new XlToolstack(path, top);
        }

        throw new ToolstackException("there is no toolstack", string.Join(", ", candidates.Select(c => c.Path)), isSilent: true);
    }
}
