#!/usr/bin/env bash
# Looks for inputs that no fuzz test has met: fuzz.sh TOP SECONDS [NAME...], SECONDS for each test, NAME a part of its name.
# What reaches code that no kept input reaches is kept beside the test, and so is what breaks it, as found-*. The tests are
# built, and MODULE/target/test.classpath says with what they run. 0: nothing found; 1: something; 2: no such test.
set -u
top=$1 seconds=$2; shift 2
work=$top/target/fuzz
java=$JAVA_HOME/bin/java
kept_most=24
found_all=0 ran=0

tests() { # lines of MODULE CLASS METHOD
  (cd "$top" && grep -rl --include='*FuzzTest.java' '@FuzzTest' . | grep '/src/test/java/' | sort) | while read -r file; do
    module=${file%%/src/test/java/*} class=${file#*/src/test/java/}
    class=${class%.java}
    awk -v module="${module#./}" -v class="${class//\//.}" '
      /@FuzzTest/ { armed = 1 }
      armed && match($0, /void [A-Za-z0-9_]+\(/) { print module, class, substr($0, RSTART + 5, RLENGTH - 6); armed = 0 }' "$top/$file"
  done
}
jazzer() { # jazzer MODULE CLASS METHOD ARG...
  local module=$1 class=$2 method=$3; shift 3
  nice -n 15 "$java" -XX:+UseSerialGC -Xmx768m --enable-native-access=ALL-UNNAMED \
    -cp "$top/$module/target/test-classes:$top/$module/target/classes:$(cat "$top/$module/target/test.classpath")" \
    com.code_intelligence.jazzer.Jazzer "--target_class=$class" "--target_method=$method" \
    '--instrumentation_includes=etal.**:com.upokecenter.**:org.snakeyaml.**' '--custom_hook_includes=etal.**' \
    '--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*' "$@" </dev/null
}
count() { find "$1" -type f 2>/dev/null | wc -l; }
keep_some() { # keep_some KEPT GROWN ALREADY: a sample of what led to code that was not reached before; each is a file, so few
  local more=$((kept_most - $3))
  [ $more -gt 0 ] || return
  find "$2" -type f -size -5 -printf '%f %p\n' | sort | head -n $more | while read -r name new; do cp "$new" "$1/${name:0:12}"; done
}
fuzz() { # fuzz MODULE CLASS METHOD
  local module=$1 class=$2 method=$3 simple=${2##*.} package=${2%.*} kept grown place log before code runs finding found=0
  kept=$top/$module/src/test/resources/${package//.//}/${simple}Inputs/$method
  grown=$work/corpus/$simple/$method place=$work/run/$simple.$method log=$work/$simple.$method.log
  rm -rf "$place"; mkdir -p "$kept" "$grown" "$place"
  before=$(count "$kept")
  cd "$place" || exit 2
  jazzer "$module" "$class" "$method" "$grown" "$kept" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=0 -reload=0 \
    -print_final_stats=1 >"$log" 2>&1; code=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  for finding in "$place"/crash-* "$place"/timeout-* "$place"/oom-*; do
    [ -e "$finding" ] || continue
    cp "$finding" "$kept/found-$(basename "$finding" | sed 's/^[a-z]*-//' | cut -c 1-12)"
    found=$((found + 1))
  done
  keep_some "$kept" "$grown" "$before"
  printf '%s.%s: %s executions, %d inputs kept, %d of them new, %d findings\n' "$simple" "$method" "${runs:-no}" "$(count "$kept")" \
    $(($(count "$kept") - before)) $found
  [ $found = 0 ] || { found_all=1; sed -n '/== Java Exception/,/^== lib/p' "$log" | head -n 12 | sed 's/^/  /'; }
  [ $code = 0 ] || [ $found -gt 0 ] || { found_all=1; tail -n 5 "$log" | sed 's/^/  /'; }
  ran=$((ran + 1))
}
while read -r module class method; do
  if [ $# -gt 0 ]; then
    wanted=0
    for name in "$@"; do case "$class.$method" in *"$name"*) wanted=1 ;; esac; done
    [ $wanted = 1 ] || continue
  fi
  fuzz "$module" "$class" "$method"
done < <(tests)
[ $ran -gt 0 ] || { echo "no such fuzz test: $*" >&2; exit 2; }
exit $found_all
