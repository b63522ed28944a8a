#!/bin/bash
# describe.sh RUNDIR NAME PORT HOSTKEY: prints a configuration for the stock client. %r is the user
# that logs in; RUNDIR as the client sees it.
set -euo pipefail
run=$1 name=$2 port=$3 key=$4
cat <<END
Host host
    HostName $name
    Port $port
    IdentityFile $run/keys/%r
    IdentitiesOnly yes
    IdentityAgent none
    BatchMode yes
    ControlMaster no
    HostKeyAlias host
    StrictHostKeyChecking yes
    UserKnownHostsFile /dev/null
    KnownHostsCommand /bin/echo host $(cut -d' ' -f1,2 <<<"$key")
    LogLevel ERROR
END
