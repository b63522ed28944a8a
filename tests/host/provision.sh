#!/bin/bash
# provision.sh KEYS GUESTS simulator|lab: as root inside a host that has xen-shell installed: the
# people and guests of the system tests. KEYS holds NAME.pub for each person and for root, GUESTS the
# bodies of the guests' files. Runs on the throw-away root and on the lab's dom0 alike, and again on
# the same host.
#
#            web1       web2    broken   stubborn (simulator)   db1
#   bob      owner      –       –        –                      –
#   alice    operator   owner   owner    owner                  –
#   staff    support on all, as a member of noc
#   mallory  –          –       –        –                      –
set -euo pipefail
keys=$1 guests=$2 kind=$3

# --- groups and accounts (Debian has a group staff of its own, hence no group per user)
getent group xenshell >/dev/null || groupadd --system xenshell
getent group noc >/dev/null || groupadd noc
shell=/usr/bin/xen-login-shell
[ -e "$shell" ] || shell=/usr/bin/xen-shell
grep -qxF "$shell" /etc/shells || echo "$shell" >>/etc/shells
install -d -m 755 /etc/ssh/xen-shell-keys /home
for who in bob alice staff mallory; do
    getent passwd "$who" >/dev/null ||
        useradd --key UID_MIN=2000 --no-user-group --groups xenshell --shell "$shell" --home-dir "/home/$who" --no-create-home "$who"
    # root's, so that nobody leaves ~/.pam_environment or ~/.ssh/rc there
    install -d -m 755 -o root -g root "/home/$who"
    install -m 644 "$keys/$who.pub" "/etc/ssh/xen-shell-keys/$who"
done
usermod --append --groups noc staff
install -d -m 700 /root/.ssh
touch /root/.ssh/authorized_keys
grep -qxFf "$keys/root.pub" /root/.ssh/authorized_keys || cat "$keys/root.pub" >>/root/.ssh/authorized_keys

# --- an sshd whose administrator was careless about everybody: what is refused to tenants is refused
# by xen-shell's own snippet
cat >/etc/ssh/sshd_config.d/zz-careless.conf <<'END'
AcceptEnv *
AllowAgentForwarding yes
AllowStreamLocalForwarding yes
AllowTcpForwarding yes
GatewayPorts yes
MaxStartups 100
PermitTunnel yes
PermitUserEnvironment yes
PermitUserRC yes
X11Forwarding yes
END

# --- configuration and guests
install -d -m 755 /etc/xen-shell /etc/xen /var/log/xen/console
{
    echo 'support = %noc'
    [ "$kind" = lab ] || echo 'toolstack_path = /usr/lib/xen-shell/xl-sim'
} >/etc/xen-shell/xen-shell.conf
chmod 644 /etc/xen-shell/xen-shell.conf

# guest BODY NAME LINE…: the file of a guest, its body with another name and lines of ours
guest() {
    local body=$guests/$1.cfg file=/etc/xen/$2.cfg
    { sed "s/^name = .*/name = '$2'/; s/hostname=$1/hostname=$2/" "$body"; printf '%s\n' "${@:3}"; } >"$file"
    chmod 644 "$file"
}
guest web1 web1 "xen_shell = 'bob, alice:operator'"
guest web2 web2 "xen_shell = 'alice'"
guest db1 db1
if [ "$kind" = lab ]; then
    guest broken broken "xen_shell = 'alice'"
else
    install -d /srv/guest
    : >>/srv/guest/vmlinuz
    : >>/srv/guest/initrd.gz
    guest broken broken "xen_shell = 'alice'" "sim = 'panic'"
    guest web2 stubborn "xen_shell = 'alice'" "sim = 'ignore-shutdown'"
fi
