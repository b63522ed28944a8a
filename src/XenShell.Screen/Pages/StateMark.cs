using XenShell.Core.Reports;
using XenShell.Screen.Drawing;

namespace XenShell.Screen.Pages;

/// <summary>A guest's state for people: a mark, a word and a style, each enough by itself.</summary>
internal readonly record struct StateMark(char Mark, string Word, Style Style)
{
    internal string Text => $"{Mark} {Word}";

    internal static StateMark Of(WatchedGuest guest) => (guest.Busy?.Verb, guest.Guest.State) switch
    {
        // what is being done says more than the state in which it is found meanwhile
        ("reimage", _) => new('◐', "re-imaging", Style.Warning),
        ("boot", "off" or "starting") => new('◐', "starting", Style.Warning),
        ("shutdown", "running") => new('◐', "shutting down", Style.Warning),
        ("reboot" or "reset", "running" or "off") => new('◐', "rebooting", Style.Warning),
        var (_, state) => OfState(state),
    };

    private static StateMark OfState(string state) => state switch
    {
        "running" => new('●', "running", Style.Good),
        "off" => new('○', "off", Style.Dim),
        "starting" => new('◐', "starting", Style.Warning),
        "paused" or "suspended" => new('‖', state, Style.Warning),
        "crashed" => new('✖', "crashed", Style.Bad),
        "down" or "dying" => new('◐', state, Style.Warning),
        _ => new('·', "unknown", Style.Dim),
    };
}
