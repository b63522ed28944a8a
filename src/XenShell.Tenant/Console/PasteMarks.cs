namespace XenShell.Tenant.Console;

/// <summary>
/// Follows the marks that a terminal puts around a paste (bracketed paste, xterm: ESC[200~ … ESC[201~) through
/// whatever pieces they arrive in. A paste without its end mark ends with the burst it came in.
/// </summary>
internal sealed class PasteMarks
{
    private static ReadOnlySpan<byte> Begin => "\x1b[200~"u8;

    private static ReadOnlySpan<byte> End => "\x1b[201~"u8;

    private int matched; // bytes of a mark that came last
    private bool isEnd; // of the two, which differ in one byte
    private long last;

    /// <summary>Between the marks, the end mark among what is within.</summary>
    internal bool IsInside { get; private set; }

    /// <param name="now">Milliseconds.</param>
    internal void See(byte b, long now)
    {
        IsInside &= now - last <= TenantLimits.KeyPause;
        last = now;
        if (matched == 4 && b is (byte)'0' or (byte)'1')
        {
            isEnd = b == (byte)'1';
        }

        var mark = isEnd && matched >= 4 ? End : Begin;
        matched = matched < mark.Length && mark[matched] == b ? matched + 1 : b == mark[0] ? 1 : 0;
        if (matched == mark.Length)
        {
            IsInside = !isEnd;
            matched = 0;
        }
    }
}
