using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace XenShell.SystemTests.Harness;

/// <summary>
/// The person at a terminal: types, presses, and waits for what the other side prints. Each wait goes on
/// from where the last one found its text; it fails the test, with the whole transcript, when time is up
/// or the session has ended. Dispose it to hang up.
/// </summary>
public sealed class Screen : IDisposable
{
    /// <summary>Ctrl-] as a terminal sends it.</summary>
    public const char Escape = '\x1d';

    private readonly ITerminalLine line;
    private readonly double patience;
    private readonly PlainText plain = new();
    private readonly TerminalImage image;
    private readonly StringBuilder raw = new();
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly object gate = new();
    private readonly Thread reader;
    private string text = "";
    private int mark;
    private bool ended;

    internal Screen(ITerminalLine line, double patience, int columns = 80, int rows = 24)
    {
        this.line = line;
        this.patience = patience;
        image = new TerminalImage(columns, rows);
        reader = new Thread(Read) { IsBackground = true, Name = "screen" };
        reader.Start();
    }

    /// <summary>Everything so far, as a person reads it.</summary>
    public string Transcript
    {
        get
        {
            lock (gate)
            {
                return text;
            }
        }
    }

    /// <summary>Everything so far, as it came.</summary>
    public string Raw
    {
        get
        {
            lock (gate)
            {
                return raw.ToString();
            }
        }
    }

    /// <summary>What stands on the terminal now.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return image.Lines;
            }
        }
    }

    /// <summary>The alternate screen is on, as full-screen programs have it.</summary>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return image.IsAlternate;
            }
        }
    }

    /// <summary>Types as it stands, without Enter.</summary>
    public Screen Type(string keys)
    {
        line.Write(Encoding.UTF8.GetBytes(keys));
        return this;
    }

    /// <summary>Reads what stands there, as long as a person needs: what comes faster is taken for typed ahead.</summary>
    public Screen Think()
    {
        Thread.Sleep(TimeSpan.FromMilliseconds(400));
        return this;
    }

    /// <summary>Types a line and presses Enter.</summary>
    public Screen Enter(string keys = "") => Type(keys + "\r");

    /// <summary>Ctrl and a key: 'C', 'D', ']'.</summary>
    public Screen Press(char key) => Type(((char)(key & 0x1f)).ToString());

    public Screen Tab() => Type("\t");

    public Screen Up() => Type("\e[A");

    public Screen Down() => Type("\e[B");

    public void Resize(int columns, int rows)
    {
        lock (gate)
        {
            image.Resize(columns, rows);
        }

        line.Resize(columns, rows);
    }

    /// <summary>Waits until this stands on the terminal, wherever.</summary>
    public Screen Shows(string wanted, double seconds = 10) =>
        Until($"“{wanted}” on the screen", seconds, lines => lines.Any(line => line.Contains(wanted, StringComparison.Ordinal)));

    /// <summary>Waits until a line of the terminal matches.</summary>
    public Screen Shows(Regex wanted, double seconds = 10) =>
        Until($"/{wanted}/ on the screen", seconds, lines => lines.Any(wanted.IsMatch));

    /// <summary>Waits until this stands there no more.</summary>
    public Screen ShowsNo(string unwanted, double seconds = 10) =>
        Until($"screen without “{unwanted}”", seconds, lines => !lines.Any(line => line.Contains(unwanted, StringComparison.Ordinal)));

    private Screen Until(string what, double seconds, Func<IReadOnlyList<string>, bool> isSo)
    {
        lock (gate)
        {
            var limit = TimeSpan.FromSeconds(seconds * patience);
            var watch = Stopwatch.StartNew();
            while (!isSo(image.Lines))
            {
                if (ended)
                {
                    Assert.Fail($"the session ended before {what}:\n{string.Join('\n', image.Lines)}");
                }

                if (limit - watch.Elapsed is var left && (left <= TimeSpan.Zero || !Monitor.Wait(gate, left)))
                {
                    Assert.Fail($"no {what} in time:\n{string.Join('\n', image.Lines)}");
                }
            }

            mark = text.Length; // what is expected next comes after this
        }

        return this;
    }

    /// <summary>Waits for this text.</summary>
    /// <returns>What came before it.</returns>
    public string Expect(string wanted, double seconds = 10) =>
        Find($"“{wanted}”", seconds, seen => seen.IndexOf(wanted, mark, StringComparison.Ordinal) is >= 0 and var at
            ? (at, wanted.Length)
            : null);

    /// <returns>What matched.</returns>
    public string Expect(Regex wanted, double seconds = 10)
    {
        var found = "";
        Find($"/{wanted}/", seconds, seen =>
        {
            var match = wanted.Match(seen, mark);
            found = match.Value;
            return match.Success ? (match.Index, match.Length) : null;
        });
        return found;
    }

    /// <summary>Waits for the other side to end the session.</summary>
    /// <returns>What it printed since the last wait.</returns>
    public string ExpectEnd(double seconds = 10)
    {
        lock (gate)
        {
            var limit = TimeSpan.FromSeconds(seconds * patience);
            var watch = Stopwatch.StartNew();
            while (!ended)
            {
                Pause(limit - watch.Elapsed, "the end of the session");
            }

            var rest = text[mark..];
            mark = text.Length;
            return rest;
        }
    }

    /// <summary>Waits for the end. Only the stock client tells; SSH.NET keeps a terminal's exit code to itself.</summary>
    public int ExitCode(double seconds = 10)
    {
        ExpectEnd(seconds);
        return line.ExitCode(TimeSpan.FromSeconds(seconds * patience)) ?? throw new AssertionException("no exit code");
    }

    /// <summary>Drops the connection, as a lost network or a killed client does.</summary>
    public void Dispose()
    {
        line.Dispose();
        reader.Join(TimeSpan.FromSeconds(5));
        TestContext.Out.WriteLine(Transcript);
    }

    private string Find(string what, double seconds, Func<string, (int At, int Length)?> search)
    {
        lock (gate)
        {
            var limit = TimeSpan.FromSeconds(seconds * patience);
            var watch = Stopwatch.StartNew();
            while (true)
            {
                if (search(text) is var (at, length))
                {
                    var before = text[mark..at];
                    mark = at + length;
                    return before;
                }

                if (ended)
                {
                    Assert.Fail($"the session ended before {what}:\n{text}");
                }

                Pause(limit - watch.Elapsed, what);
            }
        }
    }

    private void Pause(TimeSpan left, string what)
    {
        if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
        {
            Assert.Fail($"no {what} in time:\n{text}");
        }
    }

    private void Read()
    {
        var bytes = new byte[16384];
        var chars = new char[16384];
        while (true)
        {
            int count;
            try
            {
                count = line.Read(bytes);
            }
            catch (Exception)
            {
                count = 0; // however the line broke, it is the end of the session
            }

            lock (gate)
            {
                var decoded = decoder.GetChars(bytes, 0, count, chars, 0);
                raw.Append(chars, 0, decoded);
                foreach (var c in chars.AsSpan(0, decoded))
                {
                    plain.Feed(c);
                    image.Feed(c);
                }

                text = plain.Text;
                ended = count == 0;
                Monitor.PulseAll(gate);
            }

            if (count == 0)
            {
                return;
            }
        }
    }
}
