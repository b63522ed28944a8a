# Re-imaging against the tools that it runs: how long until a job has begun, and what the job costs besides them. Each pair is
# taken in turn, on the same image of some 200 MB in 4,000 files.
import json, os, statistics, subprocess, time

GATE = '/usr/lib/xen-shell/xen-shell-gate'
DISK = '/srv/bench/web1.img'
ROUNDS = 5


def sh(line, **more):
    return subprocess.run(['/bin/sh', '-ec', line], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, **more).stdout


def gate(*words):
    uid = sh('id -u bob').strip()
    return subprocess.run([GATE, *words], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env={'PATH': os.environ['PATH'], 'SUDO_UID': uid, 'SUDO_USER': 'bob'}).stdout


def timed(act):
    begin = time.monotonic()
    result = act()
    return time.monotonic() - begin, result


def job(image):
    """Seconds until it has begun, and until it is done."""
    began, said = timed(lambda: gate('reimage', 'web1', image, '--confirm=web1'))
    record = f'/var/lib/xen-shell/jobs/{said.split()[1]}.json'
    begin = time.monotonic()
    while (stage := json.load(open(record))['stage']) != 'Done':
        assert stage != 'Failed', open(record).read()
        time.sleep(0.01)
    sh(f'rm -rf /var/lib/xen-shell/jobs/* /srv/bench/*.xs-old-*')
    return began, began + time.monotonic() - begin


def by_hand(build):
    """The same tools one after the other, as a person would call them: seconds."""
    took, _ = timed(lambda: sh(f'fallocate -l 1G /srv/bench/hand.img; sync /srv/bench/hand.img; {build}; sync /srv/bench/hand.img'))
    sh('rm -rf /srv/bench/hand.img /srv/bench/tree')
    return took


def show(name, mine, theirs):
    ratio = statistics.median(mine) / statistics.median(theirs)
    print(f'{name:28} {statistics.median(mine):7.2f} s   by hand {statistics.median(theirs):7.2f} s   ratio {ratio:5.2f}')


sh(f'''
mkdir -p /srv/bench/base/etc /srv/bench/base/root /srv/bench/base/usr/share /etc/xen-shell/images.d
echo 'root:*:1:0:99999:7:::' >/srv/bench/base/etc/shadow
cd /srv/bench/base/usr/share
i=0; while [ $i -lt 4000 ]; do head -c 50000 /dev/urandom >file-$i; i=$((i + 1)); done
tar -C /srv/bench/base -cf /srv/bench/base.tar .
rm -rf /srv/bench/base
fallocate -l 1G {DISK}
printf 'title = Bench\\nmethod = tar\\nsource = /srv/bench/base.tar\\n' >/etc/xen-shell/images.d/bench-tar.conf
printf '#!/bin/sh\\nexec dd if=/dev/zero of="$XEN_SHELL_DISK" bs=1M count=1024 conv=notrunc,fsync status=none\\n' >/srv/bench/program
chmod 755 /srv/bench/program
printf 'title = Bench\\nmethod = command\\nprogram = /srv/bench/program\\n' >/etc/xen-shell/images.d/bench-command.conf
sed -i '/^disk/d' /etc/xen/web1.cfg; echo "disk = [ 'file:{DISK},xvda2,w' ]" >>/etc/xen/web1.cfg
''')

tar_build = ('mkdir /srv/bench/tree; tar -C /srv/bench/tree -xf /srv/bench/base.tar --numeric-owner --same-permissions --xattrs; '
             'mke2fs -q -F -t ext4 -d /srv/bench/tree /srv/bench/hand.img; rm -rf /srv/bench/tree; e2fsck -fn /srv/bench/hand.img')
program_build = 'XEN_SHELL_DISK=/srv/bench/hand.img /srv/bench/program'
begun = []
for image, build in (('bench-tar', tar_build), ('bench-command', program_build)):
    mine, theirs = [], []
    for _ in range(ROUNDS):
        began, done = job(image)
        begun.append(began)
        mine.append(done)
        theirs.append(by_hand(build))
    show(image, mine, theirs)
print(f'from the order to the job     {statistics.median(begun):7.2f} s   at most {max(begun):.2f}')
