namespace XenShell.Core.GuestFiles;

/// <summary>The tokens of libxlu_cfg_l.l.</summary>
internal enum XlTokenKind
{
    Identifier,
    Number,
    String,
    Comma,
    Open,
    Close,
    Assign,
    Add,
    Semicolon,
    NewLine,
    End,
}
