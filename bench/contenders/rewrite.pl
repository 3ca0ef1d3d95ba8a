#!/usr/bin/perl
# What one would type over a dump: line by line; access tokens get the digest that 0.13 wants. Usage: rewrite.pl IN OUT
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);

open(my $in, '<', $ARGV[0]) or die $!;
open(my $out, '>', $ARGV[1]) or die $!;
my $table = '';
while (<$in>) {
    $table = $1 if /^(?:CREATE TABLE|INSERT INTO) `(\w+)`/;
    if ($table eq 'access_token') {
        s/^(  `sha1` .*\n)/$1  `sha256` varchar(64) NOT NULL,\n/;
        s/^(\(.*?,'([0-9a-f]{40})')/"$1,'" . sha256_hex($2) . "'"/e;
    } elsif ($table eq 'version') {
        s/^\(1,\d+\)/(1,22)/;
    }
    print $out $_;
}
close($out) or die $!;
