using XenShell.Core.Domains;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Sim;

/// <summary>Words, messages and exit codes of xl 4.17.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class XlCommandTests : IDisposable
{
    private readonly SimulatedHost host = new();

    public void Dispose() => host.Dispose();

    [TestCase("list nosuch", 1, "nosuch is an invalid domain identifier (rc=-6)\n")]
    [TestCase("destroy nosuch", 1, "nosuch is an invalid domain identifier (rc=-6)\n")]
    [TestCase("console nosuch", 1, "nosuch is an invalid domain identifier (rc=-6)\n")]
    [TestCase("domid nosuch", 1, "Can't get domid of domain name 'nosuch', maybe this domain does not exist.\n")]
    [TestCase("list 99", 1, "Error: Domain '99' does not exist.\n")]
    [TestCase("create /nosuch.cfg", 3, "Failed to read config file: /nosuch.cfg: No such file or directory\n")]
    [TestCase("shutdown", 1, "You must specify -a or a domain id.\n\n")]
    [TestCase("sysrq web1", 2, "'xl sysrq' requires at least 2 arguments.\n\n")]
    [TestCase("console", 2, "'xl console' requires at least 1 argument.\n\n")]
    [TestCase("list -y", 2, "option `y' not supported.\n")]
    [TestCase("frobnicate", 1, "command not implemented\n")]
    public void ErrorsAreXls(string line, int code, string error)
    {
        var result = host.Xl(line.Split(' '));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((code, error)));
    }

    [Test]
    public void UniqueBeginningOfACommandIsEnough() =>
        Assert.That(host.Xl("li").Output, Does.StartWith("Name  "));

    [Test]
    public void UnfinishedStringIsALexicalError()
    {
        var file = host.Guest("bad", "extra = 'bad");
        Assert.That(host.Xl("create", file).Error, Is.EqualTo(
            $"Parsing config from {file}\n{file}:3: config parsing error near `'bad': lexical error\nFailed to parse config: Invalid argument\n"));
    }

    [Test]
    public void CreateWithoutANameMakesNothing()
    {
        var file = host.Guest("x", "");
        File.WriteAllText(file, "memory = 96\n");
        var result = host.Xl("create", "-q", file);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, "Domain name must be specified.\n")));
        Assert.That(host.Store.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public void ArgumentWithAnEqualsSignOverridesTheFile()
    {
        Assert.That(host.Xl("create", host.Guest("web1"), "name=\"other\"", "memory=64").ExitCode, Is.Zero);
        Assert.That(host.Xl("list", "other").Output, Does.Contain("other                                        1    64     1"));
    }

    [Test]
    public void SecondCreateOfAGuestIsRefusedAndUsesUpAnId()
    {
        var file = host.Guest("web1");
        host.Xl("create", file);
        var second = host.Xl("create", "-q", file);
        Assert.That(second.ExitCode, Is.EqualTo(3));
        Assert.That(second.Error, Does.StartWith(
            "libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain 2:Domain with name \"web1\" already exists.\n"));
        host.Xl("create", host.Guest("web2"));
        Assert.That(host.Xl("domid", "web2").Output, Is.EqualTo("3\n"));
    }

    [Test]
    public void OfManyCreatesOfOneGuestOneWins()
    {
        var file = host.Guest("web1");
        var codes = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => host.Xl("create", "-q", file).ExitCode).ToList();
        Assert.That(codes.Count(code => code == 0), Is.EqualTo(1));
        Assert.That(host.Store.List(), Has.Count.EqualTo(2));
    }

    [Test]
    public void ADryRunReadsTheFileAndMakesNothing()
    {
        Assert.That(host.Xl("create", "-n", host.Guest("web1", "sim = 'missing-kernel'")).ExitCode, Is.EqualTo(0));
        Assert.That(host.Xl("create", "-n", host.Guest("web1", "memory = [")).ExitCode, Is.EqualTo(1));
        Assert.That(host.Xl("list").Output, Does.Not.Contain("web1"));
    }

    [Test]
    public void MissingKernelLeavesNoDomain()
    {
        var result = host.Xl("create", "-q", host.Guest("web1", "kernel = '/boot/k'\nsim = 'missing-kernel'"));
        Assert.That(result.Error, Does.Contain("failed to open file '/boot/k': No such file or directory"));
        Assert.That((result.ExitCode, host.Store.List().Count), Is.EqualTo((3, 1)));
    }

    // real xenstore-ls, and the reader of it
    [Test]
    public void TheStoreShowsTheDisksOfWhatRuns()
    {
        Assert.That(host.Xl("xenstore-ls", "-f", "/local/domain/0").Output, Does.Contain("/local/domain/0/name = \"Domain-0\"\n").And.Not.Contain("backend"));
        var none = host.Xl("xenstore-ls", "-f", BackendTree.KindFolders[0]);
        Assert.That((none.ExitCode, BackendTree.IsMissing(BackendTree.KindFolders[0], none.Error)), Is.EqualTo((1, true)));
        host.Xl("create", "-q", host.Guest("web1", "disk = [ '/srv/a.img,,xvda2,w', 'format=raw,vdev=xvdb,backend=storage,target=/srv/b.img' ]"));
        var output = host.Xl("xenstore-ls", "-f", "/local/domain/0/backend/vbd").Output;
        Assert.That(output, Does.Contain("/local/domain/0/backend/vbd/1/51714/params = \"/srv/a.img\"\n"));
        Assert.That(BackendTree.Disks(output), Is.EqualTo(new[] { new DomainDisk(1, "/srv/a.img", true) }));
    }
}
