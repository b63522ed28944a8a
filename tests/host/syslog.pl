# syslog.pl SOCKET FILE: the smallest syslogd, appends each message that SOCKET gets to FILE.
use strict;
use warnings;
use IO::Socket::UNIX;
use Socket qw(SOCK_DGRAM);

my ($path, $file) = @ARGV;
my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $path) or die "$path: $!";
chmod 0666, $path;
umask 027;
open my $log, '>>', $file or die "$file: $!";
$log->autoflush(1);
while (defined $socket->recv(my $message, 65536)) {
    $message =~ s/[\0\n]+\z//;
    print $log "$message\n";
}
