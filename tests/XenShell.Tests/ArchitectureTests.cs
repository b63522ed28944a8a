using System.Reflection;
using System.Text.RegularExpressions;
using XenShell.Core.Limits;
using XenShell.Gate;
using XenShell.Gate.Verbs;
using XenShell.Screen;

namespace XenShell.Tests;

/// <summary>What reviewers should not have to look for.</summary>
public sealed partial class ArchitectureTests
{
    private static IEnumerable<string> Sources =>
        Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [TestCase("DllImport")]
    [TestCase("LibraryImport")]
    [TestCase("fixed (")]
    [TestCase("Libc.")]
    [TestCase("Syscall.")]
    [TestCase("Stdlib.")]
    public void NativeCallsStandInOneRoom(string call) =>
        Assert.That(
            Sources.Where(file => !file.Contains("XenShell.Core/Native/", StringComparison.Ordinal) && File.ReadAllText(file).Contains(call, StringComparison.Ordinal)),
            Is.Empty);

    private static readonly string[] RoomsOfCore =
    [
        "Native", "Limits", "Json", "Files", "HostLayout", "Printing", "GuestFiles", "Names", "Domains", "Grants", "Access", "Commands",
        "Configuration", "Guests", "Images", "Judgement", "Toolstacks", "Locks", "Volumes", "Disks", "Consoles", "Audit", "Reimaging", "Jobs", "Reports",
    ];

    // a using that is not needed is an error of the build
    [Test]
    public void EachRoomOfCoreStandsOnThoseBeforeIt()
    {
        var core = Repository.At("src/XenShell.Core");
        foreach (var file in Sources.Where(file => file.StartsWith(core + "/", StringComparison.Ordinal) && Path.GetDirectoryName(file) != core))
        {
            var room = Path.GetFileName(Path.GetDirectoryName(file));
            var rank = Array.IndexOf(RoomsOfCore, room);
            Assert.That(rank, Is.Not.Negative, $"{room} is in no order yet");
            var used = UsedRoom().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value + match.Groups[2].Value);
            Assert.That(used.Where(other => other != room && Array.IndexOf(RoomsOfCore, other) >= rank), Is.Empty, file);
        }
    }

    private static readonly string[] PlacesOfWaits = ["Waits.cs", "GateLimits.cs", "TenantLimits.cs", "WorkerLimits.cs", "ScreenLimits.cs", "Settings.cs"];

    // most hang together, and whoever changes one must see the others; Native stands below, and what the simulator takes its time for is no wait
    [Test]
    public void WaitsStandInOnePlaceEachProgram() =>
        Assert.That(
            Sources.Where(file => !file.Contains("/Native/", StringComparison.Ordinal) && !file.Contains("/XenShell.Sim/", StringComparison.Ordinal) && !PlacesOfWaits.Contains(Path.GetFileName(file)))
                .Where(file => Wait().IsMatch(File.ReadAllText(file))),
            Is.Empty);

    [Test]
    public void LimitsFitEachOther()
    {
        Assert.That(GateLimits.PolicyLook + GateLimits.Tick, Is.LessThan(GateLimits.Revocation));
        Assert.That(GateLimits.FeedPolicyLook + (GateLimits.Look * 2), Is.LessThan(GateLimits.Revocation), "a look may be due just before, and the next one only then");
        Assert.That(GateLimits.ConsoleTick + GateLimits.PolicyLook, Is.LessThan(GateLimits.Revocation));
        Assert.That(Waits.GuestLock, Is.GreaterThan(Waits.Delivery), "whoever waits for a guest's lock outlasts a request");
        Assert.That(Waits.SharedAnswer, Is.GreaterThan(Waits.Query * 2));
        Assert.That(ScreenLimits.Running + ScreenLimits.Pages + 2, Is.LessThan(GateLimits.Places), "one screen, its feed and a console leave places for others");
        Assert.That(Sizes.RecordedRefusal, Is.LessThan(GateLimits.RefusedLine));
    }

    [TestCase("XenShell.Gate", "Power", "Reimaging", "Consoles", "Verbs")]
    [TestCase("XenShell.Worker", "Systems", "Archives", "Building")]
    [TestCase("XenShell.Tenant", "Client", "Sessions", "Console", "Editing", "Dispatch")]
    public void EachRoomStandsOnThoseBeforeIt(string project, params string[] rooms)
    {
        var folders = Sources.Where(file => file.StartsWith(Repository.At($"src/{project}/"), StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file)!);
        Assert.That(folders.Distinct().Where(folder => folder != Repository.At($"src/{project}")).Select(Path.GetFileName), Is.EquivalentTo(rooms));
        for (var rank = 0; rank < rooms.Length; rank++)
        {
            foreach (var file in Directory.EnumerateFiles(Repository.At($"src/{project}/{rooms[rank]}")))
            {
                Assert.That(rooms[(rank + 1)..].Where(other => File.ReadAllText(file).Contains($"using {project}.{other};", StringComparison.Ordinal)), Is.Empty, file);
            }
        }
    }

    // what two of them need stands in a library
    [Test]
    public void NoProgramRefersToAnother() =>
        Assert.That(
            Directory.EnumerateFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories)
                .SelectMany(project => Referred().Matches(File.ReadAllText(project)))
                .Select(match => match.Groups[1].Value).Distinct(),
            Is.EquivalentTo(new[] { "XenShell.Core", "XenShell.Tenant" }));

    // what two of them do stands in a room below
    [Test]
    public void NoVerbCallsAnother()
    {
        var verbs = Directory.EnumerateFiles(Repository.At("src/XenShell.Gate/Verbs")).Where(file => Path.GetFileNameWithoutExtension(file) != nameof(VerbTable)).ToList();
        foreach (var file in verbs)
        {
            var others = verbs.Where(other => other != file).Select(Path.GetFileNameWithoutExtension);
            Assert.That(others.Where(other => Regex.IsMatch(File.ReadAllText(file), $@"(?<![\w./])(?:new )?{other}[.(]")), Is.Empty, file);
        }
    }

    // rule 7: no Terminal.Gui and no network in the gate
    [Test]
    public void TheGateReferencesOnlyWhatItMay()
    {
        var seen = new HashSet<string>();
        var open = new Queue<AssemblyName>([typeof(VerbTable).Assembly.GetName()]);
        while (open.TryDequeue(out var name))
        {
            if (seen.Add(name.Name!) && !name.Name!.StartsWith("System", StringComparison.Ordinal) && !name.Name.StartsWith("Microsoft.", StringComparison.Ordinal))
            {
                Array.ForEach(Assembly.Load(name).GetReferencedAssemblies(), open.Enqueue);
            }
        }

        Assert.That(
            seen.Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("netstandard" or "mscorlib" or "System")),
            Is.SubsetOf(new[] { "xen-shell-gate", "XenShell.Core", "Mono.Unix", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Configuration.Ini", "Microsoft.Extensions.Configuration.FileExtensions", "Microsoft.Win32.Primitives" }));
        var own = new[] { typeof(VerbTable).Assembly, typeof(Core.HostLayout).Assembly }.SelectMany(assembly => assembly.GetReferencedAssemblies());
        Assert.That(own.Where(name => name.Name!.StartsWith("System.Net", StringComparison.Ordinal)), Is.Empty);
    }

    // the short one that is at hand must not be the one that was forgotten
    [TestCase(typeof(StreamReader))]
    [TestCase(typeof(StreamWriter))]
    public void NothingIsOpenedByItsPathAlone(Type type)
    {
        var banned = File.ReadAllText(Repository.At("src/BannedSymbols.txt"));
        var byPath = type.GetConstructors().Select(constructor => constructor.GetParameters()).Where(parameters => parameters is [{ ParameterType: var first }, ..] && first == typeof(string));
        foreach (var parameters in byPath)
        {
            Assert.That(banned, Does.Contain($"M:{type.FullName}.#ctor({string.Join(',', parameters.Select(parameter => parameter.ParameterType.FullName))});"));
        }
    }

    [Test]
    public void WhatABanSendsToIsThere()
    {
        var advice = File.ReadAllText(Repository.At("src/BannedSymbols.txt"));
        foreach (var name in Advised().Matches(advice).Select(match => match.Value))
        {
            Assert.That(typeof(Core.HostLayout).Assembly.GetType($"XenShell.Core.{name}"), Is.Not.Null, name);
        }
    }

    [Test]
    public void TheGatesProgramFitsOnAScreen() =>
        Assert.That(File.ReadLines(Repository.At("src/XenShell.Gate/Program.cs")).Count(), Is.LessThan(60));

    [Test]
    public void NoSourceFileIsLongerThan400Lines() =>
        Assert.That(Sources.Where(file => File.ReadLines(file).Count() > 400), Is.Empty);

    [GeneratedRegex(@"^using XenShell\.Core\.(\w+);|^(?!///).*(?<![\w.""])(HostLayout)\b", RegexOptions.Multiline)]
    private static partial Regex UsedRoom();

    [GeneratedRegex(@"TimeSpan\.From(?:Milliseconds|Seconds|Minutes|Hours)\(\d")]
    private static partial Regex Wait();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/([\w.]+)\.csproj""")]
    private static partial Regex Referred();

    [GeneratedRegex(@"(?<!\.)\b(Files|Native)\.[A-Z]\w+")]
    private static partial Regex Advised();
}
