"""What one would write in an afternoon: zipfile and json, rows parsed and dumped. Usage: rewrite.py IN OUT"""
import hashlib
import json
import sys
import zipfile

RENAMED = {
    "User": {"Passwd": "Password"},
    "EmailAddress": {"UID": "UserID"},
    "IssueUser": {"UID": "UserID"},
    "Star": {"UID": "UserID"},
    "LoginSource": {"Config": "Provider"},
}
DROPPED = {
    "Action": ["ActAvatar", "Created"],
    "Comment": ["RenderedContent", "Created", "Attachments", "ShowTag"],
    "HookTask": ["DeliveredString"],
    "Issue": ["RenderedContent", "Labels", "Created"],
}


def rewrite(table, line):
    row = json.loads(line)
    for old, new in RENAMED.get(table, {}).items():
        if old in row:
            row[new] = row.pop(old)
    for key in DROPPED.get(table, []):
        row.pop(key, None)
    if table == "AccessToken":
        row["SHA256"] = hashlib.sha256(row["Sha1"].encode()).hexdigest()
    if table == "Version":
        row["Version"] = 22
    return json.dumps(row, separators=(",", ":")).encode() + b"\n"


with zipfile.ZipFile(sys.argv[1]) as source, zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as target:
    for entry in source.infolist():
        if entry.filename.startswith("gogs-backup/db/") and entry.filename.endswith(".json"):
            table = entry.filename[len("gogs-backup/db/") : -len(".json")]
            with source.open(entry) as rows, target.open(entry.filename, "w", force_zip64=True) as out:
                for line in rows:
                    out.write(rewrite(table, line))
        elif entry.filename == "gogs-backup/metadata.ini":
            text = source.read(entry).decode()
            lines = ["GOGS_VERSION = 0.13.0" if line.startswith("GOGS_VERSION") else line for line in text.splitlines()]
            target.writestr(entry, "\n".join(lines) + "\n")
        else:
            target.writestr(entry, source.read(entry))
