namespace XenShell.Tenant.Dispatch;

/// <summary>What staff are told of files of the host's that count for nothing; null where there is nothing to tell.</summary>
public static class RefusedFilesText
{
    private const int MostNamed = 5; // the record has all

    public static string? OfGuests(IReadOnlyList<string>? files) => Of(files, "a guest file is", "guest files are");

    public static string? OfImages(IReadOnlyList<string>? files) => Of(files, "an image file is", "image files are");

    private static string? Of(IReadOnlyList<string>? files, string one, string many) => files switch
    {
        null or [] => null,
        [var only] => $"{one} refused: {only}; the host's record says why",
        _ => $"{files.Count} {many} refused: {string.Join(", ", files.Take(MostNamed))}{(files.Count > MostNamed ? ", …" : "")}; the host's record says why",
    };
}
