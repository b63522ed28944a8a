using XenShell.Screen.Pages;

namespace XenShell.Tests.Screen;

/// <summary>GK: what a guest prints is folded by counting; nothing is added or lost.</summary>
public sealed class FoldedTextTests
{
    private static readonly string[] Lines = ["", "abc", "abcdefgh", "x", "defdef"];

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(80)]
    [TestCase(0)]
    public void EveryRowIsThereOnce(int columns)
    {
        var text = new FoldedText(Lines, columns);
        var rows = text.From(0).ToList();
        Assert.That(rows, Has.Count.EqualTo(text.Rows).And.All.Length.LessThanOrEqualTo(Math.Max(1, columns)));
        Assert.That(string.Concat(rows), Is.EqualTo(string.Concat(Lines)));
        for (var row = 0; row <= rows.Count; row++)
        {
            Assert.That(text.From(row), Is.EqualTo(rows.Skip(row)), $"from {row}");
        }
    }

    [TestCase("DEF", 0, ExpectedResult = 3)]
    [TestCase("def", 4, ExpectedResult = 6)]
    [TestCase("def", 7, ExpectedResult = 7)]
    [TestCase("def", 8, ExpectedResult = 3, Description = "round the end")]
    [TestCase("cd", 0, ExpectedResult = 2, Description = "across an edge: where it begins")]
    [TestCase("nothing", 0, ExpectedResult = -1)]
    public int ATextIsFoundFromARowOn(string text, int from) => new FoldedText(Lines, 3).Find(text, from);

    // 5 MB of rows for one screen's worth: a hostile guest must not have a core for it
    [Test]
    public void RowsThatAreNotSeenAreNotMade()
    {
        var text = new FoldedText([.. Enumerable.Repeat(new string('x', 2000), 2500)], 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(text.From(text.Rows - 24).Take(24).Count(), Is.EqualTo(24));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 << 10));
    }
}
