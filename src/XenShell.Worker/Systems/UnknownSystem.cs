namespace XenShell.Worker.Systems;

/// <summary>Of what a program of root's is going to build nothing is known but what every system has.</summary>
internal sealed class UnknownSystem : IBaseSystem
{
    public bool Has(string path) => path is "etc" or "root";

    public SystemFile? Read(string path) => null;
}
