using XenShell.Screen.Drawing;

namespace XenShell.Tests.Screen;

public sealed class CanvasTests
{
    [Test]
    public void TextIsCutAtTheEdgesAndOutsideNothingIsDrawn()
    {
        var canvas = new Canvas(5, 2);
        canvas.Put(0, 3, "abc");
        canvas.Put(1, -1, "xyz");
        canvas.Put(-1, 0, "no");
        canvas.Put(2, 0, "no");
        Assert.That(canvas.TextOf(0), Is.EqualTo("   ab"));
        Assert.That(canvas.TextOf(1), Is.EqualTo("yz"));
    }

    [Test]
    public void ARowIsItsStretchesOfOneStyle()
    {
        var canvas = new Canvas(6, 1);
        canvas.Put(0, canvas.Put(0, 0, "ab", Style.Good), "cd", Style.Bad);
        Assert.That(canvas.Runs(0), Is.EqualTo(new[] { (0, "ab", Style.Good), (2, "cd", Style.Bad), (4, "  ", Style.Plain) }));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(3, 2)]
    [TestCase(500, 1)]
    public void ABoxFitsAnySize(int columns, int rows) =>
        Assert.That(() => Box.Draw(new Canvas(columns, rows), "a title", "some text that is long enough to wrap", foot: 1), Throws.Nothing);
}
