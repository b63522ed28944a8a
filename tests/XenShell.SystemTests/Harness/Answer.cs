using XenShell.Core;

namespace XenShell.SystemTests.Harness;

/// <summary>What a finished command left: exit code (-1 for none: the connection died), both outputs.</summary>
public sealed record Answer(int Code, string Output, string Error)
{
    public ExitCode ExitCode => (ExitCode)Code;

    /// <summary>Fails the test unless the command did what it was asked, without a complaint.</summary>
    public Answer Done()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ExitCode, Is.EqualTo(ExitCode.Done), Error);
            Assert.That(Error, Is.Empty);
        }

        return this;
    }

    /// <summary>Fails the test unless the command ended so, with one clear line on standard error.</summary>
    /// <returns>That line.</returns>
    public string Refused(ExitCode expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ExitCode, Is.EqualTo(expected), Error);
            Assert.That(Error, Does.Match(@"\A[\x20-\x7e]+\n\z"), "one line of printable text");
        }

        return Error.TrimEnd('\n');
    }

    /// <summary>As <see cref="Refused(ExitCode)"/>, and nothing on standard output.</summary>
    public string Refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Code, Is.Not.Zero, "must be refused");
            Assert.That(Output, Is.Empty);
            Assert.That(Error, Does.Match(@"\A[\x20-\x7e]+\n\z"), "one line of printable text");
        }

        return Error.TrimEnd('\n');
    }
}
