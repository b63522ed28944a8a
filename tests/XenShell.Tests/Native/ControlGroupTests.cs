using XenShell.Core.Native;

namespace XenShell.Tests.Native;

public sealed class ControlGroupTests
{
    [TestCase("0::/user.slice/user-2000.slice/user@2000.service/app.slice/run-1.scope\n", ExpectedResult = true)]
    [TestCase("0::/user.slice/user-2000.slice/session-3.scope\n", ExpectedResult = false)]
    [TestCase("0::/system.slice/ssh.service\n", ExpectedResult = false)]
    [TestCase("12:freezer:/\n1:name=systemd:/user.slice/user-2000.slice/user@2000.service\n0::/\n", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool AGroupBelowTheUsersManagerIsTheUsers(string groups) => ControlGroup.IsTheUsers(groups);

    [TestCase("0::/user.slice/user-2000.slice/session-3.scope\n", ExpectedResult = true)]
    [TestCase("0::/user.slice/user-2000.slice/user@2000.service/app.slice/run-1.scope\n", ExpectedResult = true)]
    [TestCase("0::/system.slice/ssh.service\n", ExpectedResult = false)]
    [TestCase("0::/\n", ExpectedResult = false)]
    public bool AGroupBelowUserSliceEndsWithItsSession(string groups) => ControlGroup.IsASessions(groups);
}
