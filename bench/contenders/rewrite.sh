#!/bin/sh
# A typical command line: unpack, run jq on the tables that changed, pack. Usage: rewrite.sh all|update|7z IN OUT
set -e
how=$1 in=$2 out=$3
work=$out.unpacked
mkdir "$work"
case $how in
  all) unzip -q "$in" -d "$work" ;;
  update) unzip -q "$in" 'gogs-backup/db/*' gogs-backup/metadata.ini -d "$work" && cp "$in" "$out" ;;
  7z) 7z x -bd -bso0 "-o$work" "$in" ;;
esac
cd "$work"
changed=gogs-backup/metadata.ini
sed -i 's/^GOGS_VERSION.*/GOGS_VERSION = 0.13.0/' gogs-backup/metadata.ini
rewrite() {
  file=gogs-backup/db/$1.json
  [ -f "$file" ] || return 0
  jq -c "$2" "$file" >"$file.new"
  mv "$file.new" "$file"
  changed="$changed $file"
}
has() { [ -f "gogs-backup/db/$1.json" ] && head -n 1 "gogs-backup/db/$1.json" | grep -q "\"$2\""; }
rewrite Version '.Version = 22'
rewrite User '.Password = .Passwd | del(.Passwd)'
for table in EmailAddress IssueUser Star; do rewrite $table '.UserID = .UID | del(.UID)'; done
rewrite LoginSource '.Provider = .Config | del(.Config)'
if has Action ActAvatar; then rewrite Action 'del(.ActAvatar, .Created)'; fi
if has Comment RenderedContent; then rewrite Comment 'del(.RenderedContent, .Created, .Attachments, .ShowTag)'; fi
if has HookTask DeliveredString; then rewrite HookTask 'del(.DeliveredString)'; fi
if has Issue RenderedContent; then rewrite Issue 'del(.RenderedContent, .Labels, .Created)'; fi
tokens=gogs-backup/db/AccessToken.json
while IFS= read -r row; do
  hash=$(printf %s "$(printf %s "$row" | jq -r .Sha1)" | sha256sum | cut -d ' ' -f 1)
  printf %s "$row" | jq -c --arg hash "$hash" '.SHA256 = $hash'
done <$tokens >$tokens.new
mv $tokens.new $tokens
case $how in
  all) zip -q -r "$out" gogs-backup ;;
  update) zip -q -u "$out" $changed $tokens ;;
  7z) 7z a -bd -bso0 -tzip "$out" gogs-backup ;;
esac
