#!/bin/bash
# farm.sh ROOT: fills the empty folder ROOT where an overlay is refused (a container on overlayfs):
# the machine's /usr read-only behind links, so that files can be added beside them; /etc as a copy.
set -euo pipefail
root=$1
mount --bind "$root" "$root"      # pivot_root takes only a mount
mkdir -p "$root"/{.usr,usr,var/{lib,log,mail,spool,tmp,cache},opt,mnt}
mount --rbind /usr "$root/.usr"
mount -o remount,bind,ro "$root/.usr"
for folder in /usr/*/; do
    folder=${folder%/}
    mkdir -p "$root$folder"
    find "$folder" -mindepth 1 -maxdepth 1 -printf "/.${folder#/}/%f\\0" | xargs -0r ln -s -t "$root$folder"
done
for name in bin sbin lib lib32 lib64 libx32; do
    [ ! -L "/$name" ] || cp -P "/$name" "$root/$name"
done
cp -a /etc "$root/etc"
