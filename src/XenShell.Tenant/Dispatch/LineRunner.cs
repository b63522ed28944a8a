using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Dispatch;

/// <summary>What became of one line: the same for prompt and one-shot.</summary>
public static class LineRunner
{
    public static ExitCode Run(Session session, string line, Func<ExitCode> act)
    {
        try
        {
            var code = act();
            if (RefusalPace.IsRefusal(code))
            {
                session.Refusals.Note();
            }

            return code;
        }
        catch (UsageException e)
        {
            return Refuse(session, line, ExitCode.Usage, e.Message);
        }
        catch (RefusedException e)
        {
            return Refuse(session, line, RefusedException.Code, e.Message);
        }
        catch (IOException e)
        {
            Tell.Error($"something went wrong: {e.Message}");
            return ExitCode.Failed;
        }
    }

    // Recorded first: a terminal that stands still must not keep the record from being made.
    private static ExitCode Refuse(Session session, string line, ExitCode code, string message)
    {
        if (session.Refusals.Note())
        {
            session.Gate.RecordRefusal(line);
        }

        Tell.Error(message);
        return code;
    }
}
