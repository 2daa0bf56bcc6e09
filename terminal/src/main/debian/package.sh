#!/usr/bin/env bash
# Makes the till's Debian package from a finished build: package.sh TOP IMAGE OUT ARCH... ; prints the path of each.
# The same build and the same sources give the same bytes: names in one order, one time for all files, root as their owner.
set -eu
export LC_ALL=C
umask 022
top=$1 image=$2 out=$3; shift 3
from=$top/terminal/src/main/debian

lacking() { printf '%s\n' "$*" >&2; exit 3; }
command -v dpkg-deb >/dev/null 2>&1 || lacking "dpkg-deb is missing: please install the Debian package dpkg"

# The time of the last change that was committed; a tree without history has the time of no change.
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$top" log -1 --format=%ct 2>/dev/null || echo 1740787200)}
export SOURCE_DATE_EPOCH=$epoch
number=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$top/pom.xml" | head -n 1)
version=$number+$(date -u -d "@$epoch" +%Y%m%d%H%M%S)

library_of() { # library_of ARCH: where SQLite's library for it lies in its archive
  case $1 in
    amd64) echo org/sqlite/native/Linux/x86_64/libsqlitejdbc.so ;;
    arm64) echo org/sqlite/native/Linux/aarch64/libsqlitejdbc.so ;;
    *) printf 'package: unknown processor: %s; there are: arm64, amd64\n' "$1" >&2; exit 2 ;;
  esac
}
lay_out() { # lay_out ROOT ARCH
  local root=$1 arch=$2 home=$1/usr/lib/etal name
  install -d "$root/DEBIAN" "$home/terminal" "$home/native" "$root/usr/bin" "$root/usr/lib/systemd/system" \
    "$root/usr/lib/udev/rules.d" "$root/usr/lib/sysusers.d" "$root/usr/lib/tmpfiles.d" "$root/etc/etal" \
    "$root/usr/share/etal" "$root/usr/share/doc/etal-terminal"
  install -m 644 "$image"/terminal/*.jar "$home/terminal/"
  (cd "$home/native" && "$JAVA_HOME/bin/jar" xf "$image"/terminal/sqlite-jdbc-*.jar "$(library_of "$arch")" \
    && mv "$(library_of "$arch")" . && rm -r org && chmod 644 libsqlitejdbc.so)
  install -m 644 "$from/java.options" "$from/wait.html" "$home/"
  install -m 755 "$from/rehearse" "$from/kiosk" "$home/"
  cp -r "$rehearsal" "$home/rehearsal"
  find "$home/rehearsal" -type d -exec chmod 755 {} +
  find "$home/rehearsal" -type f -exec chmod 644 {} +
  install -m 755 "$from/etal-terminal" "$root/usr/bin/"
  for name in etal-terminal.service etal-rehearsal.service etal-kiosk.service media-etal.mount media-navette.mount; do
    install -m 644 "$from/$name" "$root/usr/lib/systemd/system/"
  done
  install -m 644 "$from/etal.rules" "$root/usr/lib/udev/rules.d/60-etal.rules"
  install -m 644 "$from/etal.sysusers" "$root/usr/lib/sysusers.d/etal.conf"
  install -m 644 "$from/etal.tmpfiles" "$root/usr/lib/tmpfiles.d/etal.conf"
  install -m 640 "$from/terminal.yaml" "$root/etc/etal/terminal.yaml"
  install -m 644 "$top/hardware-docs/stall.yaml" "$root/usr/share/etal/"
  install -m 644 "$from/copyright" "$top/LICENSE" "$top"/terminal/docs/*.md "$top"/hardware-docs/*.md \
    "$root/usr/share/doc/etal-terminal/"
  install -m 755 "$from/postinst" "$from/prerm" "$from/postrm" "$root/DEBIAN/"
  echo /etc/etal/terminal.yaml >"$root/DEBIAN/conffiles"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" \
    -e "s/@SIZE@/$(find "$root" -path "$root/DEBIAN" -prune -o -type f -printf '%s\n' | awk '{ s += $1 } END { print int(s / 1024) + 1 }')/" \
    "$from/control" >"$root/DEBIAN/control"
  (cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\n' | sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
  chmod 644 "$root"/DEBIAN/{control,conffiles,md5sums}
}

mkdir -p "$out"
work=$(mktemp -d "$out/.package.XXXXXX")
trap 'rm -rf "$work"' EXIT
rehearsal=$work/rehearsal
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$image/fleet/*" \
  etal.fleet.cli.Etal rehearsal-stall "$rehearsal" >&2
for arch in "$@"; do
  lay_out "$work/$arch" "$arch"
  deb=$out/etal-terminal_${version}_$arch.deb
  # Nearly all of it are archives that are pressed already: more would cost half a minute and win a tenth.
  dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/$arch" "$work/$arch.deb" >&2
  mv "$work/$arch.deb" "$deb"
  printf '%s\n' "$deb"
done
