namespace XenShell.Core.Names;

/// <summary>What an image may be called: a word that goes into paths and messages.</summary>
public static class ImageName
{
    private const int MaxLength = 40; // a column of a screen

    /// <summary>Small letters, digits, '.', '_' and '-'; it begins with a letter or digit.</summary>
    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-')
        && text is not ("on" or "off");
}
