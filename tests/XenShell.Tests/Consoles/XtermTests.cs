using System.Diagnostics;
using System.Text;
using System.Text.Json;
using XenShell.Core.Consoles;

namespace XenShell.Tests.Consoles;

/// <summary>
/// GK: the filter against a real terminal, on random output. XEN_SHELL_XTERM names the folder with npm's
/// @xterm/headless; tests/run.sh makes it.
/// </summary>
[Category("Xterm")]
public sealed class XtermTests
{
    private const int Inputs = 4000;

    // What a reader's terminal does the same with as without the filter.
    private static readonly string[] Shown =
    [
        "text", "gr\u00fc\u00df\u20ac\u2588", "\r\n", "\r", "\n", "\t", "\b", "\a", "\e[H", "\e[5;10H", "\e[3A", "\e[2B", "\e[4C", "\e[D", "\e[J", "\e[1J", "\e[2K", "\e[K",
        "\e[2L", "\e[M", "\e[3P", "\e[2@", "\e[4X", "\e[2S", "\e[T", "\e[3;9r", "\e[r", "\e[7G", "\e[6d", "\e[1;31m", "\e[0m", "\e[38;5;200m", "\e7", "\e8", "\eM", "\eD", "\eE",
        "\e(0", "\e(B", "\e)0", "\e)B", "\x0e", "\x0f", "\e[?7l", "\e[?7h", "\e[?25l", "\e[?1h", "\e[1\r;5H", "\e[5\n;7H",
    ];

    // What it never gets, and what leaves no trace on a screen.
    private static readonly string[] Swallowed =
    [
        "\e]0;title\a", "\e]2;title\e\\", "\e]52;c;aGk=\a", "\eP$qm\e\\", "\e_apc\e\\", "\e^pm\e\\", "\eXsos\e\\", "\eP1;2|x\x18", "\e]0;cut\x1a", "\e]0;cut\e[1m",
        "\e[c", "\e[>c", "\e[=c", "\e[6n", "\e[?6n", "\e[5n", "\e[21t", "\e[18t", "\e[?1000h", "\e[?1003h", "\e[?1006h", "\e[?1004h", "\e[?2004h", "\e[?25;1000h", "\e[x",
        "\e[$p", "\e[?2026$p", "\e[>q", "\e[2 q", "\e[>4;2m", "\e[?u", "\x05", "\e[1?5h", "\e[1;1;1*y",
    ];

    // What ends where nobody can say, or means something else to each terminal.
    private static readonly string[] Odd =
    [
        "\e]0;open\n", "\eP$q\r", "\e_\e_\e", "\e[", "\e[1;2", "\e[?", "\e", "\e(", "\e#", "\e#8", "\ec", "\eZ", "\e[!p", "\u009b6n", "\u0090$qm\u009c", "\u009d0;t\a", "\e[4h", "\e[b", "\e[s\e[u",
        "\x00\x7f", "\u202e", "\e%G", "\en", "\eo", "\e}", "\e[" + "99999999999999999999", "\e[" + "1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1m",
    ];

    [Test]
    public void WhatIsLetThroughLooksAsItWould()
    {
        var inputs = Random(1, [.. Shown, .. Swallowed]);
        var (plain, filtered) = (Show(inputs), Show([.. inputs.Select(Filtered)]));
        Assert.That(plain.Sum(answer => answer.GetProperty("replies").GetInt32()), Is.GreaterThan(Inputs), "this terminal answers");
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = JsonSerializer.Serialize(Encoding.UTF8.GetString(inputs[i]));
            Assert.That(Screen(filtered[i]), Is.EqualTo(Screen(plain[i])), input);
        }
    }

    [Test]
    public void NothingThatIsLetThroughIsAnswered()
    {
        var inputs = Random(2, [.. Shown, .. Swallowed, .. Odd]);
        foreach (var (answer, i) in Show([.. inputs.Select(Filtered)]).Select((answer, i) => (answer, i)))
        {
            Assert.That(
                (answer.GetProperty("replies").GetInt32(), answer.GetProperty("titles").GetInt32(), answer.GetProperty("modes").GetInt32()),
                Is.EqualTo((0, 0, 0)),
                JsonSerializer.Serialize(Encoding.UTF8.GetString(inputs[i])));
        }
    }

    private static string Screen(JsonElement answer) =>
        $"{string.Join('\n', answer.GetProperty("lines").EnumerateArray().Select(line => line.GetString()))}\n{answer.GetProperty("row")}:{answer.GetProperty("column")}";

    private static List<byte[]> Random(int seed, string[] parts)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Inputs).Select(_ => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => parts[random.Next(parts.Length)]))))];
    }

    private static byte[] Filtered(byte[] input) => new ConsoleFilter().Filter(input);

    private static List<JsonElement> Show(List<byte[]> inputs)
    {
        var folder = Environment.GetEnvironmentVariable("XEN_SHELL_XTERM")
            ?? throw new InvalidOperationException("XEN_SHELL_XTERM is not set: it names the folder where 'npm install @xterm/headless' was run; tests/run.sh sets it");
        using var node = Process.Start(new ProcessStartInfo("node", [Repository.At("tests/XenShell.Tests/Consoles/xterm.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["NODE_PATH"] = Path.Combine(folder, "node_modules") },
        })!;
        var answers = node.StandardOutput.ReadToEndAsync();
        foreach (var input in inputs)
        {
            node.StandardInput.WriteLine(JsonSerializer.Serialize(new { bytes = input }));
        }

        node.StandardInput.Close();
        var lines = answers.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(inputs.Count));
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
