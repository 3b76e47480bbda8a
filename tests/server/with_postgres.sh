#!/bin/bash
# with_postgres.sh COMMAND...: runs the command beside a PostgreSQL of its own, which is gone afterwards: a new cluster in a
# scratch folder, reached by a socket in it and by nothing else. The command finds
#   WILLRUN_TEST_POSTGRES          the address of an empty database
#   WILLRUN_TEST_POSTGRES_CONTROL  a program that stops and starts the server: `stop`, `start`, `restart`; after `freeze`
#                                  nothing of it answers, and no connection ends, until `thaw`
# PostgreSQL does not run as root: where root calls, the cluster belongs to the user postgres of the Debian package.
set -euo pipefail

[[ $# -gt 0 ]] || { echo "usage: with_postgres.sh COMMAND..." >&2; exit 2; }

programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2> /dev/null | sort -V | tail -n 1)
if [[ -z $programs || ! -x $programs/initdb ]]; then
  echo "with_postgres: PostgreSQL is not installed; scripts/setup build test installs it" >&2
  exit 1
fi

as_owner=()
[[ $(id -u) -ne 0 ]] || as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)

scratch=$(mktemp -d /tmp/willrun-postgres.XXXXXX) # short: the name of a socket has 107 bytes
control=$scratch/control
cat > "$control" << EOF
#!/bin/bash
cd "$scratch"
signal() { # twice: a process may have been made meanwhile
  first=\$(head -n 1 data/postmaster.pid)
  for _ in 1 2; do kill "\$1" "\$first" \$(cat "/proc/\$first/task/\$first/children") 2> /dev/null || true; done
}
case \$1 in
  freeze) signal -STOP; exit ;;
  thaw) signal -CONT; exit ;;
esac
mode=(-m "\${2:-fast}")
[[ \$1 != start ]] || mode=()
exec ${as_owner[*]} "$programs/pg_ctl" "\$1" -D "$scratch/data" -l "$scratch/log" "\${mode[@]}" -w -s
EOF
chmod 755 "$control"
[[ ${#as_owner[@]} -eq 0 ]] || chown postgres: "$scratch"

finish() {
  "$control" thaw > /dev/null 2>&1 || true
  "$control" stop immediate > /dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT TERM

cd "$scratch"
if ! { "${as_owner[@]}" "$programs/initdb" -D "$scratch/data" -U willrun --auth-local=trust --auth-host=reject \
         --encoding=UTF8 --no-locale --no-sync &&
       "${as_owner[@]}" tee -a "$scratch/data/postgresql.conf" <<< "
listen_addresses = ''
unix_socket_directories = '$scratch'
max_connections = 200" &&
       "$control" start &&
       "$programs/createdb" -h "$scratch" -U willrun willrun; } > "$scratch/start.log" 2>&1; then
  cat "$scratch/start.log" "$scratch/log" >&2 || true
  echo "with_postgres: PostgreSQL did not start" >&2
  exit 1
fi
cd "$OLDPWD"

export WILLRUN_TEST_POSTGRES="postgresql:///willrun?host=$scratch&user=willrun"
export WILLRUN_TEST_POSTGRES_CONTROL=$control
"$@"
