#!/bin/bash
# Finishes the unpacked dom0 in the folder $1. mmdebstrap calls it as a hook with the lab key in LAB_KEY.
set -euo pipefail
root=$1
here=$(cd "$(dirname "$0")" && pwd)

# --- login: root, by key, and no other way
install -d -m 700 "$root/root/.ssh"
install -m 600 "$LAB_KEY.pub" "$root/root/.ssh/authorized_keys"
chroot "$root" passwd --lock root >/dev/null
printf 'PermitRootLogin prohibit-password\n' >"$root/etc/ssh/sshd_config.d/lab.conf"

# --- Xen: keep what guests print, with times. Debian does not create the folder, and without it
# xenconsoled logs nothing and does not complain.
sed -i '/^#\?XENCONSOLED_ARGS=/d' "$root/etc/default/xen"
echo 'XENCONSOLED_ARGS="--log=guest --timestamp=all"' >>"$root/etc/default/xen"
install -d -m 755 "$root/var/log/xen/console"

# --- a fast boot: nothing that runs by itself, nobody at hvc0. Log-ins have sessions of logind's, as on a real
# host, but no systemd of their own: a second each.
chroot "$root" systemctl --quiet enable lab-ready.service
chroot "$root" systemctl --quiet disable named.service vnstat.service xendomains.service
chroot "$root" systemctl --quiet mask \
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
    fstrim.timer logrotate.timer man-db.timer systemd-tmpfiles-clean.timer \
    getty@.service serial-getty@.service getty-static.service \
    user@.service \
    ifupdown-wait-online.service ifupdown-pre.service lvm2-monitor.service

# --- the guests' kernel and ramdisk
guest=$root/srv/guest
kernel=$(cd "$root/boot" && echo vmlinuz-*)
modules=$root/lib/modules/${kernel#vmlinuz-}
ramdisk=$root/tmp/ramdisk
install -d "$guest" "$ramdisk"/{bin,sbin,dev,proc,sys,modules,mnt}
cp "$root/boot/$kernel" "$guest/vmlinuz"
cp "$root/bin/busybox" "$ramdisk/bin/busybox"
install -m 755 "$here/guest/init" "$here/guest/panic" "$ramdisk/"
install -m 644 "$here/guest/shrc" "$ramdisk/"
install -m 755 "$here/guest/power" "$ramdisk/sbin/poweroff"
install -m 755 "$here/guest/power" "$ramdisk/sbin/reboot"
for module in xen-blkfront crc32c_generic jbd2 mbcache crc16 ext4 xen-netfront; do
    find "$modules" -name "$module.ko" -exec cp {} "$ramdisk/modules/" \; -quit
    [ -s "$ramdisk/modules/$module.ko" ] || { echo "lab: no kernel module $module" >&2; exit 1; }
done
chroot "$root" sh -c 'cd /tmp/ramdisk && find . | cpio --quiet -o -H newc | gzip -9 >/srv/guest/initrd.gz'
rm -r "$ramdisk"

rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/apt "$root"/var/log/dpkg.log
