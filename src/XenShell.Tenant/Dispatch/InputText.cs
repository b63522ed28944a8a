using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Native;

namespace XenShell.Tenant.Dispatch;

/// <summary>An argument that stands on standard input.</summary>
public static class InputText
{
    /// <summary>One line of printable ASCII, without its end.</summary>
    /// <param name="most">Characters.</param>
    /// <exception cref="UsageException">It is longer, or something else.</exception>
    public static string Read(Fd input, int most)
    {
        var text = Encoding.Latin1.GetString(input.ReadAll(most + 2) ?? throw new UsageException($"there are more than {most} characters on standard input")).TrimEnd('\r', '\n');
        return text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? text
            : throw new UsageException("one line of printable ASCII is taken from standard input");
    }
}
