using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>Finds the toolstack that xen-shell.conf asks for.</summary>
public static class ToolstackChoice
{
    private const string Xl = "/usr/sbin/xl", Xm = "/usr/sbin/xm", Xentop = "/usr/sbin/xentop";
    private const string XlOfAPrefix = "/sbin/xl";

    /// <exception cref="ToolstackException">None is there, or it is not root's own program.</exception>
    public static ToolstackProgram Choose(Settings settings, TrustedTree tree)
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
            if (!IsThere(tree, path))
            {
                continue;
            }

            string[] top = settings.ToolstackPath is null ? [Xentop] : [path, "top"];
            return kind == ToolstackKind.Xm ? new XmToolstack(path, top) : new XlToolstack(path, top, StoreOf(path, tree));
        }

        throw new ToolstackException("there is no toolstack", string.Join(", ", candidates.Select(c => c.Path)), isSilent: true);
    }

    // Xen puts it beside xl, under whatever prefix; a program in xl's place, such as the simulator, answers for both.
    private static string[] StoreOf(string xl, TrustedTree tree)
    {
        if (!xl.EndsWith(XlOfAPrefix, StringComparison.Ordinal))
        {
            return [xl, "xenstore-ls"];
        }

        var program = $"{xl[..^XlOfAPrefix.Length]}/bin/xenstore-ls";
        if (xl != Xl)
        {
            IsThere(tree, program); // must be safe; one that is missing is told when it is needed
        }

        return [program];
    }

    private static bool IsThere(TrustedTree tree, string program)
    {
        try
        {
            tree.RequireProgram(program);
            return true;
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return false;
        }
        catch (IOException e)
        {
            throw new ToolstackException("the toolstack is not safe to run", e.Message, isSilent: true);
        }
    }
}
