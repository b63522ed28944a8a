using Terminal.Gui.App;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Screen.Actions;
using XenShell.Screen.Drawing;
using XenShell.Screen.Driver;
using XenShell.Screen.Feed;
using XenShell.Tenant;
using XenShell.Tenant.Console;
using XenShell.Tenant.Dispatch;
using XenShell.Tenant.Sessions;

namespace XenShell.Screen;

/// <summary>One session on the full screen: puts the parts together, and takes them apart on every way out.</summary>
internal sealed class ScreenSession : IDisposable
{
    private readonly Session session;
    private readonly TerminalInput input = new();
    private readonly EventLoop loop;
    private readonly WatchFeed feed;
    private readonly ActionList actions;
    private readonly Desk desk;
    private readonly FullScreen terminal;
    private readonly IApplication application;
    private readonly ScreenView view;
    private long lastFrame; // ms since the host booted
    private bool isSettled;

    private ScreenSession(Session session, TerminalAbilities abilities, TerminalOutput output, FullScreen terminal)
    {
        this.session = session;
        this.terminal = terminal;
        loop = new EventLoop(input, output, session.Idle);
        feed = new WatchFeed(session.Gate, loop.Reap);
        actions = new ActionList(session.Layout, loop, feed.Poke);
        desk = new Desk(session, loop, new WatchedGuests(), actions, Attach);
        feed.Reported = desk.Update;
        feed.Lost = desk.Lose;
        feed.Start();
        loop.Add(feed);
        loop.NextMoment = () => EventLoop.Sooner(actions.NextMoment, feed.NextMoment);
        Application.MaximumIterationsPerSecond = ushort.MaxValue; // the loop waits by itself, for events
        application = ScreenParts.CreateApplication(input, output);
        application.Init();
        application.Keyboard.KeyBindings.Clear(); // quit, suspend and the like: the desk has the keys
        application.Driver!.Paste += (_, text) => desk.Paste(text);
        view = new ScreenView(new Palette(abilities.Colours), desk.Draw, desk.Press);
        application.Iteration += (_, _) => Turn();
    }

    internal static ExitCode Run(HostLayout layout)
    {
        string? farewell;
        var session = new Session(layout);
        var abilities = TerminalAbilities.Detect();
        var output = new TerminalOutput(abilities);
        using (var terminal = new FullScreen(output)) // whatever goes wrong from here on, what was comes back
        using (var screen = new ScreenSession(session, abilities, output, terminal))
        {
            screen.application.Run(screen.view);
            farewell = screen.loop.Ended == EndReason.Idle ? session.Idle.Farewell : null;
        }

        if (farewell is not null)
        {
            Tell.Line(farewell);
        }

        return ExitCode.Done;
    }

    /// <summary>One round: waits for what comes, and asks for what it changes on the screen.</summary>
    private void Turn()
    {
        if (actions.IsRunning)
        {
            session.Idle.Touch(); // whoever waits for something is there
        }

        var early = ScreenLimits.Frame - TimeSpan.FromMilliseconds(Environment.TickCount64 - lastFrame);
        if (early > TimeSpan.Zero)
        {
            Poll.Pause(early);
        }

        loop.Wait(application);
        lastFrame = Environment.TickCount64;
        feed.Tend();
        if (desk.IsLeft || loop.Ended is not null)
        {
            application.RequestStop();
            return;
        }

        view.SetNeedsDraw();
        var isIdle = session.Idle.Elapsed >= ScreenLimits.Lull;
        if (isIdle && !isSettled)
        {
            OwnMemory.Settle();
        }

        isSettled = isIdle;
    }

    /// <summary>Hands the terminal to a console, and takes it back.</summary>
    private ExitCode Attach(Invocation invocation)
    {
        feed.Stop();
        var code = terminal.Lend(() => LineRunner.Run(session, invocation.Line, () =>
        {
            ShowLastWords(invocation);
            return ConsoleCommand.Run(session, invocation);
        }) is var result and not ExitCode.Done ? AwaitKey(result) : ExitCode.Done);
        feed.Start();
        application.LayoutAndDraw(true);
        return code;
    }

    // What the guest said last tells where one is; what cannot be had is no reason not to attach.
    private void ShowLastWords(Invocation invocation)
    {
        var lines = Core.Native.Terminal.Size(Fd.Output).Rows / 2;
        using var log = session.Gate.Start(
            new Invocation(KnownCommands.Log) { Guest = invocation.Guest }.With("lines", lines),
            complaints: null);
        Tell.Raw(System.Text.Encoding.UTF8.GetString(log.Finish().Output));
    }

    private ExitCode AwaitKey(ExitCode code)
    {
        Tell.Raw("[any key goes back] ");
        using var raw = new RawMode(Fd.Input);
        if (Poll.Wait(Fd.Input, forWriting: false, session.Idle.Left))
        {
            Span<byte> key = stackalloc byte[64];
            _ = Fd.Input.Read(key);
        }

        return code;
    }

    public void Dispose()
    {
        application.Dispose();
        terminal.Dispose();
        desk.End();
        view.Dispose();
        feed.Dispose();
        loop.Dispose();
    }
}
