using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Time;

namespace XenShell.Screen.Driver;

/// <summary>The parts that Terminal.Gui is driven with: our input and output, its own parser of keys.</summary>
internal sealed class ScreenParts(TerminalInput input, TerminalOutput output) : ComponentFactoryImpl<char>
{
    /// <summary>
    /// An application on these parts. Terminal.Gui 2.5 has the constructor, but keeps it to itself:
    /// DriverRegistry takes names only of what it has built in.
    /// </summary>
    internal static IApplication CreateApplication(TerminalInput input, TerminalOutput output) =>
        (IApplication)Construct(new ScreenParts(input, output));

    public override string GetDriverName() => DriverRegistry.Names.ANSI;

    public override IInput<char> CreateInput() => input;

    public override IInputProcessor CreateInputProcessor(ConcurrentQueue<char> inputBuffer, ITimeProvider? timeProvider = null) =>
        new AnsiInputProcessor(inputBuffer, timeProvider);

    public override IOutput CreateOutput() => output;

    public override ISizeMonitor CreateSizeMonitor(IOutput consoleOutput, IOutputBuffer outputBuffer) => new TerminalSize(consoleOutput);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType("Terminal.Gui.App.ApplicationImpl, Terminal.Gui")]
    private static extern object Construct(IComponentFactory factory);
}
