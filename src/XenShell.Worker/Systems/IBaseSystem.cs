namespace XenShell.Worker.Systems;

/// <summary>What the image brings, as far as that decides what is put over it.</summary>
internal interface IBaseSystem
{
    /// <summary>Whether there is a file, folder or link of that path: "etc/shadow".</summary>
    bool Has(string path);

    /// <summary>A file as it is there; null where there is none.</summary>
    SystemFile? Read(string path);
}
