using XenShell.Core.Commands;
using XenShell.Core.Locks;
using XenShell.Core.Reports;
using XenShell.Screen.Actions;
using XenShell.Screen.Drawing;
using XenShell.Screen.Feed;
using XenShell.Screen.Pages;
using XenShell.Tenant.Editing;

using TerminalKey = Terminal.Gui.Input.Key;

namespace XenShell.Tests.Screen;

public sealed class PagesTests
{
    [TestCase(40, "NAME STATE CPU WHO")]
    [TestCase(80, "NAME STATE UP MEM CPU NET DISK WHO")]
    [TestCase(200, "NAME STATE UP MEM VCPU CPU NET DISK WHO ADDRESS")]
    public void NarrowTablesKeepWhatMattersMost(int columns, string headings)
    {
        var guests = new WatchedGuests();
        guests.Update(new WatchReport([Guest("running")]));
        var shown = GuestColumns.For(columns, guests);
        Assert.That(string.Join(' ', shown.Select(column => column.Heading).Where(heading => heading.Length > 0)), Is.EqualTo(headings));
        Assert.That(shown.Sum(column => column.Width + 1) - 1, Is.LessThanOrEqualTo(columns));
    }

    [Test]
    public void EveryColumnAndPageFitsAnySize()
    {
        var guests = new WatchedGuests();
        var list = new GuestList(guests);
        guests.Update(new WatchReport([.. Enumerable.Range(0, 30).Select(i => Guest("running", $"a-name-that-is-rather-long-{i}"))]));
        list.Refresh();
        Pane[] pages = [new DashboardPage(guests, list, _ => { }), new DetailsPage(guests, list, guest => OpenCommands.For(guest, CommandTable.Product), _ => { }), new ConfirmBox("reset web1?", "a consequence", _ => { }), new TextPage("a text", () => ["one", "two"])];
        foreach (var (columns, rows) in ((int, int)[])[(0, 0), (1, 1), (5, 3), (40, 15), (80, 24), (200, 60)])
        {
            foreach (var page in pages)
            {
                Assert.That(() => page.Draw(new Canvas(columns, rows), 1, Math.Max(0, rows - 3)), Throws.Nothing, $"{page} {columns}x{rows}");
            }
        }
    }

    [Test]
    public void TheSelectionMovesInAWindowOfOneLine()
    {
        var guests = new WatchedGuests();
        var list = new GuestList(guests);
        guests.Update(new WatchReport([Guest("running", "a"), Guest("running", "b"), Guest("running", "c")]));
        list.Refresh();
        var page = new DashboardPage(guests, list, _ => { });
        for (var rows = 0; rows < 6; rows++)
        {
            foreach (var key in (TerminalKey[])[TerminalKey.CursorDown, TerminalKey.PageDown, TerminalKey.CursorUp, TerminalKey.End])
            {
                Assert.That(
                    () =>
                    {
                        page.Press(key);
                        page.Draw(new Canvas(80, rows), 0, rows);
                    },
                    Throws.Nothing,
                    $"{key} in {rows}");
            }
        }
    }

    [TestCase("boot", "off", "◐ starting")]
    [TestCase("shutdown", "running", "◐ shutting down")]
    [TestCase(null, "suspended", "‖ suspended")]
    [TestCase("reset", "off", "◐ rebooting")]
    [TestCase("reimage", "off", "◐ re-imaging")]
    [TestCase(null, "down", "◐ down")]
    [TestCase(null, "crashed", "✖ crashed")]
    [TestCase(null, "whatever", "· unknown")]
    public void StatesArePeoplesWords(string? busy, string state, string expected)
    {
        var guest = Guest(state) with { Busy = busy is null ? null : new LockHolder("bob", busy, 0) };
        Assert.That(StateMark.Of(guest).Text, Is.EqualTo(expected));
    }

    [Test]
    public void OnlyYesMeansYes()
    {
        var answers = new List<bool>();
        var box = new ConfirmBox("reset web1?", "all is lost", answers.Add);
        foreach (var key in (TerminalKey[])[TerminalKey.Enter, TerminalKey.Esc, new('n'), new('y'), new('x'), TerminalKey.Space])
        {
            box.Press(key);
        }

        Assert.That(answers, Is.EqualTo(new[] { false, false, false, true }));
    }

    [Test]
    public void ATextIsSearchedFromWhereOneIsAndRoundItsEnd()
    {
        var page = new TextPage("log", () => [.. Enumerable.Range(1, 50).Select(i => i % 20 == 0 ? $"needle {i}" : $"line {i}")]);
        Assert.That(Top(page), Is.EqualTo("line 1"));
        page.Search("NEEDLE");
        Assert.That(Top(page), Is.EqualTo("needle 20"));
        page.Press(new TerminalKey('n'));
        Assert.That(Top(page), Is.EqualTo("needle 40"));
        page.Press(new TerminalKey('n'));
        Assert.That(Top(page), Is.EqualTo("needle 20"));
        page.Search("hay");
        Assert.That(Top(page), Is.EqualTo("needle 20"), "what is not found moves nothing");
    }

    [Test]
    public void AFollowedTextStaysAtItsEndUntilOneScrollsUp()
    {
        var lines = Enumerable.Range(1, 30).Select(i => $"line {i}").ToList();
        var page = new TextPage("log", () => lines) { IsFollowed = true };
        Assert.That(Top(page), Is.EqualTo("line 22"));
        lines.Add("line 31");
        Assert.That(Top(page), Is.EqualTo("line 23"));
        page.Press(TerminalKey.CursorUp);
        lines.Add("line 32");
        Assert.That(Top(page), Is.EqualTo("line 22"));
        page.Press(new TerminalKey('f'));
        Assert.That(Top(page), Is.EqualTo("line 24"));
    }

    [Test]
    public void TheCommandLineCompletesAndScrollsSideways()
    {
        var accepted = "";
        var line = new EditedLine(null, _ => ["status"]);
        var bar = new LineBar(":", line, text => accepted = text, () => { });
        foreach (var key in (TerminalKey[])[new('s'), TerminalKey.Tab, new('w'), new('x'), TerminalKey.Backspace, new('e')])
        {
            bar.Press(key);
        }

        var canvas = new Canvas(8, 4);
        bar.Draw(canvas, 1, 1);
        Assert.That(canvas.TextOf(2), Is.EqualTo(":us we"));
        bar.Press(TerminalKey.Enter);
        Assert.That(accepted, Is.EqualTo("status we"));
    }

    [Test]
    public void AMessageKeepsTheHintThatThereIsMore()
    {
        var message = new Message("broken died within 2 s of its boot", Style.Bad) { HasMore = true };
        Assert.That(message.Fitted(30), Is.EqualTo("broken died wit…  m: all of it"));
        Assert.That(message.Fitted(80), Is.EqualTo("broken died within 2 s of its boot  m: all of it"));
    }

    // The first line below the title, of a page of nine.
    private static string Top(TextPage page)
    {
        var canvas = new Canvas(40, 12);
        page.Draw(canvas, 0, 10);
        return canvas.TextOf(1);
    }

    private static WatchedGuest Guest(string state, string name = "web1") => new(new GuestReport(name, state, "owner"));
}
