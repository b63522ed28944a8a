using System.Text;
using XenShell.Screen.Driver;

namespace XenShell.Tests.Screen;

/// <summary>TU: a paste mark or a terminal's answer that comes in two pieces must not become keys.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KeySequencesTests
{
    private readonly KeySequences sequences = new();
    private readonly StringBuilder passed = new();
    private long now = 1_000_000;

    // '|' parts what comes in one read, 80 ms apart; '#' is two seconds in which nothing comes
    [TestCase("abc", "abc")]
    [TestCase("\e[A", "\e[A")]
    [TestCase("\e[1;5C", "\e[1;5C")]
    [TestCase("\eOP", "\eOP")]
    [TestCase("\e[[A", "\e[[A")]
    [TestCase("\ex", "\ex")]
    [TestCase("\e[<0;3;4M", "\e[<0;3;4M")]
    [TestCase("\e#", "\e")]
    [TestCase("\e#[", "\e[")]
    [TestCase("\e\e#", "\e\e")]
    [TestCase("\e[|A", "\e[A")]
    [TestCase("\e[20|0~Ry\e[20|1~", "\e[200~Ry\e[201~")]
    [TestCase("\e[200~R|y|\e[201~", "\e[200~Ry\e[201~")]
    [TestCase("\e[200~Ry#R", "\e[200~Ry\e[201~R")]
    [TestCase("\e|[200~Ry\e[201~q", "\eq")]
    [TestCase("\e|[200~R|y#q", "\eq")]
    [TestCase("\e|[A", "\e")]
    [TestCase("\e|OR", "\e")]
    [TestCase("\e[?1;2c", "")]
    [TestCase("\e[?1;|2cy", "y")]
    [TestCase("\e[>41;354;0cy", "y")]
    [TestCase("\e]10;rgb:ffff/ffff/ff|ff\ay", "y")]
    [TestCase("\eP1+r5463\e|\\y", "y")]
    [TestCase("\e|]11;rgb:0/0/R\e\\y", "\ey")]
    [TestCase("\e[12#y", "y")]
    [TestCase("\e]0;never ends#y", "y")]
    [TestCase("\e[201~y", "y")]
    public void WholeOrNotAtAll(string typed, string keys)
    {
        foreach (var after in typed.Split('#'))
        {
            foreach (var piece in after.Split('|'))
            {
                sequences.Take(piece, now, c => passed.Append(c));
                for (var until = now + 80; now < until; now++)
                {
                    sequences.Tick(now, c => passed.Append(c));
                }
            }

            now += 2000;
            sequences.Tick(now, c => passed.Append(c));
        }

        Assert.That(passed.ToString(), Is.EqualTo(keys));
    }

    [Test]
    public void AnEndlessOneIsBounded()
    {
        sequences.Take("\e[" + new string('1', 1000), now, c => passed.Append(c));
        sequences.Take("\e[200~" + new string('x', 1 << 20), now, c => passed.Append(c));
        now += 2000;
        sequences.Tick(now, c => passed.Append(c));
        Assert.That(passed.Length, Is.LessThan((64 << 10) + 1100));
    }
}
