#!/usr/bin/env bash
# The till's Debian package as a technician meets it: made twice, installed into an empty root, its units judged by systemd's own
# tools, and its till started by the very line of its unit: as its own user, on a system that it can only read.
#   usage: package.sh ETAL WORK-FOLDER      ETAL is the project's one script; the folder is emptied.
# One line a check, "ok ...", "FAILED ..." or "not run: ...", and a non-zero exit after any failure; 3 when nothing can be tried.
set -u
etal=$1 work=$2
export LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mkdir -p "$work" && cd "$work" && pwd)
find "$work" -mindepth 1 -delete
failures=0 started=
root=$work/root view=$work/view

ok() { printf 'ok %s\n' "$*"; }
failed() { printf 'FAILED %s\n' "$*"; failures=$((failures + 1)); }
check() { # check WHAT COMMAND...
  local what=$1; shift
  if "$@" >>"$work/log" 2>&1; then ok "$what"; else failed "$what"; fi
}
for program in dpkg dpkg-deb systemd-sysusers systemd-tmpfiles systemctl systemd-analyze setpriv unshare python3 curl; do
  command -v $program >/dev/null 2>&1 || missing="${missing:-}${missing:+, }$program"
done
if [ -n "${missing:-}" ]; then printf 'missing: %s\n' "$missing"; exit 3; fi
if [ "$(id -u)" != 0 ]; then echo "the package is installed and started by root alone"; exit 3; fi
# Everything that is mounted stays in a room of our own and is gone with it.
if [ -z "${ETAL_OWN_MOUNTS:-}" ]; then
  ETAL_OWN_MOUNTS=1 exec unshare --mount --propagation private "$BASH" "$0" "$etal" "$work"
fi
cleanup() { [ -n "$started" ] && kill -9 $started 2>/dev/null; }
trap cleanup EXIT
arch=$(dpkg --print-architecture)

# ---- made
deb=$("$etal" package terminal --arch "$arch" --out "$work/first" 2>>"$work/log") || { failed "a package for $arch is made"; exit 1; }
again=$(umask 077; cd / && "$etal" package terminal --arch "$arch" --out "$work/second" 2>>"$work/log")
check "made twice, it is the same to the byte" cmp "$deb" "$again"

# ---- installed
install_it() { # install_it OPTION...: the scripts act on the root that they are told, not on this machine
  dpkg --root="$root" --force-script-chrootless --force-depends "$@"
}
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/etc" "$root/var/log"
touch "$root/var/lib/dpkg/status"
check "it installs into an empty root" install_it -i "$deb"
entry() { sed -n "s/^$1:[^:]*:\([0-9]*\):.*/\1/p" "$root/etc/$2"; }
uid=$(entry etal passwd) gid=$(entry etal group)
has_mode() { [ "$(stat -c '%a %u %g' "$root/$1")" = "$2" ]; }
check "the till has a user of its own" [ -n "$uid" ]
check "only the till reads its configuration, which may hold a ticket" has_mode etc/etal/terminal.yaml "640 0 $gid"
check "only the till looks into its ledger's folder" has_mode var/lib/etal "700 $uid $gid"
check "the till is started with the machine" [ -L "$root/etc/systemd/system/multi-user.target.wants/etal-terminal.service" ]
check "the screen is not, until somebody wants it" [ ! -e "$root/etc/systemd/system/graphical.target.wants/etal-kiosk.service" ]
check "and waits in words until the till answers" grep -q "La caisse démarre" "$root/usr/lib/etal/wait.html"

# ---- the units, read by systemd itself; what this machine has not got is not the units' fault
verify() { # verify UNIT
  local said; said=$(systemd-analyze verify --man=no --recursive-errors=no "$root/usr/lib/systemd/system/$1" 2>&1)
  printf '%s\n' "$said"
  ! grep -E "$1" <<<"$said" | grep -v -E 'is not executable|No such file|not found|not loaded properly'
}
for unit in etal-terminal.service etal-rehearsal.service etal-kiosk.service media-etal.mount media-navette.mount; do check "systemd reads $unit" verify "$unit"; done
# 0 is a cage without a door, 100 no cage at all (systemd prints tenths of it).
for unit in etal-terminal etal-rehearsal; do
  check "systemd finds $unit.service well locked in" \
    systemd-analyze security --offline=true --no-pager --threshold=20 "$root/usr/lib/systemd/system/$unit.service"
done

# What the fund hands out, from the rehearsal's; and in the shipped configuration what its technician would fill in.
cp -r "$root/usr/lib/etal/rehearsal/." "$root/var/lib/etal/"
mv "$root/var/lib/etal/trust.pem" "$root/etc/etal/trust.pem"
rm "$root/var/lib/etal/terminal.yaml"
sed -i -e 's|^seller: .*|seller: { siren: "900000019", name: "Étal de la répétition", vat: normal }|' \
  -e 's|^name: .*|name: "Étal de la répétition"|' -e 's|^medium: .*|medium: /var/lib/etal/stick|' -e 's|^screen: .*|screen: 127.0.0.1:0|' \
  -e 's|^reader: .*|reader: { kind: tcp, listen: 127.0.0.1:0 }|' -e 's|^clock: .*|clock: driven|' "$root/etc/etal/terminal.yaml"
chown -R "$uid:$gid" "$root/var/lib/etal"
chmod -R go= "$root/var/lib/etal"

# ---- started: the root laid over this machine's, and nothing of it can be written but what the unit says
mkdir -p "$view" "$root/tmp" "$root/dev" "$root/proc"
# A merged /usr has names for its parts outside of it.
for name in bin sbin lib lib64; do
  if [ -L "/$name" ]; then ln -sf "$(readlink "/$name")" "$root/$name"; else mkdir -p "$root/$name"; fi
done
lay_over() { mount -t overlay overlay -o "ro,lowerdir=$root/$1:/$1" "$view/$1"; }
lay_all() {
  mount --bind "$root" "$view" && mount -o remount,bind,ro "$view" && lay_over usr && lay_over etc || return
  for name in bin sbin lib lib64; do
    if [ -d "/$name" ] && [ ! -L "/$name" ]; then mount --bind "/$name" "$view/$name" || return; fi
  done
  for name in var/lib/etal var/cache/etal; do mount --bind "$root/$name" "$view/$name" || return; done
  mount -t tmpfs tmpfs "$view/tmp" && mount --rbind /dev "$view/dev" && mount -t proc proc "$view/proc"
}
if ! lay_all 2>>"$work/log"; then
  echo "not run: this machine lays no folder over another (overlay), so the till is not started"
  [ $failures = 0 ]; exit
fi
store=$view/var/lib/etal
# Its user, without rights to gain, in the view, with what systemd would give it.
cage=(chroot "$view" setpriv "--reuid=$uid" "--regid=$gid" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all
  env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 NOTIFY_SOCKET=/var/lib/etal/notify WATCHDOG_USEC=2000000
  STATE_DIRECTORY=/var/lib/etal CACHE_DIRECTORY=/var/cache/etal)
as_the_unit() { "${cage[@]}" "$@"; }
line_of() { sed -n 's/^ExecStart=//p' "$root/usr/lib/systemd/system/$1"; }
heard() { grep -q -- "$1" "$work/heard" 2>/dev/null; }
until_heard() { # until_heard WORDS [SECONDS]
  local end=$((SECONDS + ${2:-120}))
  until heard "$1"; do
    [ $SECONDS -lt $end ] && kill -0 $till 2>/dev/null || return 1
    sleep 0.05
  done
}
millis() { echo $(($(date +%s%N) / 1000000)); }
start_till() { # start_till NAME
  : >"$work/heard"
  rm -f "$store/notify"
  python3 -u -c 'import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1])
print("listening")
while True: print(s.recv(4096).decode(), flush=True)' "$store/notify" >"$work/heard" 2>>"$work/log" &
  started=$!
  until heard listening; do sleep 0.02; done
  chown "$uid:$gid" "$store/notify"
  local begin; begin=$(millis)
  # shellcheck disable=SC2046 # the unit's line is several words
  "${cage[@]}" "ETAL_JAVA_FLAGS=$flags" $(line_of etal-terminal.service) >"$work/$1.out" 2>"$work/$1.err" </dev/null &
  till=$!
  started="$started $till"
  until_heard READY=1
  local code=$?
  took=$(($(millis) - begin))
  page=$(sed -n 's/^STATUS=//p' "$work/heard")
  return $code
}
stop_till() { kill -TERM $till; wait $till; code=$?; kill $started 2>/dev/null; wait 2>/dev/null; started=; [ $code = 143 ]; }
ask() { curl -sS -m 60 -H 'Content-Type: application/json' "$@"; }
sell() { # sell KEY: in cash, with a receipt
  ask -X PUT "$page/api/clock" -d '{"now":"2025-04-02T07:00:00Z"}'
  ask -X POST "$page/api/baskets" -d '{"key":"'"$1"'","lines":[{"product":"carottes","quantity":2}],"receipt":true}'
  ask -X POST "$page/api/baskets/$1/cash" -d '{}' | tee -a "$work/log" | grep -q '"state":"paid"'
}
writes() { as_the_unit touch "$1/mark"; }
refuses_to_write() {
  local place
  writes /var/lib/etal || return
  for place in /usr/lib/etal /etc/etal /etc /var/lib /usr/bin; do if writes $place; then return 1; fi; done
}

# Without java.desktop, and so without AWT and everything that stands on it.
modules=java.base,java.logging,java.management,java.naming,java.security.jgss,java.smartcardio,java.sql,jdk.crypto.ec,jdk.unsupported,jdk.zipfs
flags="--limit-modules $modules"
check "the till opens by its unit's line, as its own user, on a system that it only reads, and says so to systemd" start_till first
echo "measured: start to ready, without java.desktop and any cache: $took ms"
no_awt() {
  local java all; java=$(readlink "/proc/$till/exe")
  all=$(as_the_unit "${java#"$view"}" --limit-modules "$modules" --list-modules) || return
  grep -q '^java.base' <<<"$all" && ! grep desktop <<<"$all"
}
check "no module of AWT is there" no_awt
shows_a_page() { ask "$page/" | grep -q '<html'; }
check "its screen is there" shows_a_page
check "it sells" sell p1
check "and prints" compgen -G "$root/var/lib/etal/receipts/*.escpos"
check "it says that it is alive, from the thread that sells" until_heard WATCHDOG=1 30
check "its user writes nothing outside of its store" refuses_to_write
check "told to stop, it stops in order and says so" stop_till
check "it said that it stops" heard STOPPING=1
flags=

# ---- the rehearsal, and a start with what it has kept
# shellcheck disable=SC2046 # the unit's line is several words
check "the rehearsal keeps what Java has loaded" as_the_unit $(line_of etal-rehearsal.service)
check "for the next start" [ -s "$root/var/cache/etal/terminal.aot" ]
cache=$(stat -c %y "$root/var/cache/etal/terminal.aot" 2>/dev/null)
mv "$root/var/cache/etal/terminal.aot" "$work/terminal.aot"
check "it starts without a cache" start_till without; plain=$took
stop_till
mv "$work/terminal.aot" "$root/var/cache/etal/terminal.aot"
check "it starts with the cache, on the ledger as it was" start_till with
echo "measured: start to ready: $plain ms, with the cache $took ms"
check "and goes on selling" sell p2
check "and stops" stop_till
# shellcheck disable=SC2046 # the unit's line is several words
as_the_unit $(line_of etal-rehearsal.service) >>"$work/log" 2>&1
check "nothing is rehearsed twice" [ "$cache" = "$(stat -c %y "$root/var/cache/etal/terminal.aot" 2>/dev/null)" ]

# ---- removed
umount -R "$view"
check "it is removed" install_it -P etal-terminal
check "ledger and keys stay" [ -s "$root/var/lib/etal/terminal.db" ] 
check "the program is gone" [ ! -e "$root/usr/lib/etal" ]
[ $failures = 0 ]
