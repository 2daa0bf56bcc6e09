#!/usr/bin/env bash
# The market day as its user runs it, and as a bad day treats it: bad input, processes killed in the middle, bytes flipped,
# tails cut off. One line a check, "ok ..." or "FAILED ...", and a non-zero exit after any failure.
#   usage: day.sh ETAL WORK-FOLDER [SEED]      ETAL is the project's one script; the folder is emptied.
# Waiting is for words of the processes themselves, and bounded.
set -u
etal=$1 work=$2 seed=${3:-7}
top=$(cd "$(dirname "$etal")" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mkdir -p "$work" && cd "$work" && pwd)
find "$work" -mindepth 1 -delete
RANDOM=$seed
failures=0
running=

ok() { printf 'ok %s\n' "$*"; }
failed() { printf 'FAILED %s (seed %s)\n' "$*" "$seed"; failures=$((failures + 1)); }
check() { # check WHAT COMMAND...
  local what=$1; shift
  if "$@"; then ok "$what"; else failed "$what"; fi
}
cleanup() { [ -n "$running" ] && kill -9 "$running" 2>/dev/null; }
trap cleanup EXIT

# ---- the day's processes, found by the folder they work in
processes() { # processes DIR [PATTERN]: ids of the day's processes below DIR, the market itself left out
  local proc line
  for proc in /proc/[0-9]*; do
    line=$(tr '\0' ' ' 2>/dev/null <"$proc/cmdline") 2>/dev/null || continue
    case $line in *java*"--config $1/"*"${2:-}"*) printf '%s\n' "${proc#/proc/}" ;; esac
  done
}
none_left() { # within a few seconds after the market's death
  local end=$((SECONDS + 8))
  while [ -n "$(processes "$1")" ]; do
    [ $SECONDS -lt $end ] || { processes "$1" | xargs -r kill -9; return 1; }
    sleep 0.2
  done
}
kill_node() { # kill_node DIR PATTERN; the day's own faults may just have killed it, so until one was alive
  local end=$((SECONDS + 20)) id
  while [ $SECONDS -lt $end ]; do
    id=$(processes "$1" "$2" | head -n 1)
    [ -n "$id" ] && kill -9 "$id" 2>/dev/null && return
    sleep 0.05
  done
  return 1
}
wait_for() { # wait_for LOG AWK-CONDITION SECONDS: until a line of the log fulfils it, or the day ends
  local end=$((SECONDS + $3))
  until awk "$2 { found = 1 } END { exit !found }" "$1" 2>/dev/null; do
    { [ $SECONDS -lt $end ] && kill -0 "$running" 2>/dev/null; } || return 1
    sleep 0.05
  done
}
day() { # day NAME SEED BASKETS CATALOGUE: in the foreground; output in NAME.out, progress in NAME.err
  timeout -k 5 150 "$etal" demo --day --seed "$2" --baskets "$3" --catalogue "$4" --out "$work/$1" >"$work/$1.out" 2>"$work/$1.err"
}
last_line() { tail -n 1 "$1"; }
balances() { # balances NAME SALES
  last_line "$work/$1.out" | grep -Eqx "books balance: $2 sales, [0-9]+ entries, 0 differences" && return
  echo "  said: $(last_line "$work/$1.out")"; tail -n 3 "$work/$1.err" | sed 's/^/  /'; return 1
}
totals() { # card money and sales of each stall, and what each producer is paid
  grep -oE '"(pointOfSale|cardDebits|saleCount)" *: *[0-9]+' "$work/$1/reconciliation.json"
  grep -oE '<InstdAmt[^/]*</InstdAmt>' "$work/$1/payouts.xml"
}
same_totals() { [ -n "$(totals "$1")" ] && [ "$(totals "$1")" = "$(totals "$2")" ]; }
no_secret_out() { # the killed day's folder, with all that its processes said
  python3 -B "$here/../python/secrets_out.py" "$work/killed" "$work"/killed.* "$work"/twice.* "$work"/fsck.* | tee "$work/secrets.out"
  [ "${PIPESTATUS[0]}" = 0 ]
}
no_stack_trace() { ! grep -hE '^[[:space:]]+at [a-z]|Exception in thread' "$work"/*.err "$work"/*.out; }

# ---- what is sold: our own market
catalogue=$top/hub/fleet/src/main/resources/market/catalogue.csv
receipts=60
baskets=$work/baskets.csv
awk -F, -v seed="$seed" -v count="$receipts" '
  NR > 1 && $1 !~ /"/ { item[++items] = $1 }
  END {
    srand(seed)
    for (r = 1; r <= count; r++) {
      line = item[1 + int(rand() * items)]
      for (more = int(rand() * 6); more > 0; more--) line = line "," item[1 + int(rand() * items)]
      print line
    }
  }' "$catalogue" >"$baskets"

# ---- bad input: exit code 2, a sentence, nothing made
refuses() { # refuses CODE ARGUMENT...
  local code=$1 got; shift
  timeout 60 "$etal" demo --day "$@" >"$work/bad.out" 2>"$work/bad.err" </dev/null
  got=$?
  [ "$got" = "$code" ] && [ -s "$work/bad.err" ] && [ ! -s "$work/bad.out" ] && [ ! -e "$work/bad" ] && return
  echo "  exit code $got, expected $code: $(tail -n 1 "$work/bad.err")"; return 1
}
bad_input() {
  local bad=$work/bad.csv
  printf 'carottes\nlicorne\n' >"$bad";  check "an unknown item" refuses 2 --baskets "$bad" --catalogue "$catalogue" --out "$work/bad"
  printf 'carottes,"salade\n' >"$bad";   check "a broken line" refuses 2 --baskets "$bad" --catalogue "$catalogue" --out "$work/bad"
  : >"$bad";                             check "an empty file" refuses 2 --baskets "$bad" --catalogue "$catalogue" --out "$work/bad"
  check "a catalogue that is none" refuses 2 --baskets "$baskets" --catalogue "$baskets" --out "$work/bad"
  check "a file that is not there" refuses 2 --baskets "$work/none.csv" --catalogue "$catalogue" --out "$work/bad"
  check "baskets without a catalogue" refuses 2 --baskets "$baskets" --out "$work/bad"
  check "a seed that is no number" refuses 2 --seed abc --out "$work/bad"
  mkdir "$work/theirs"; echo mine >"$work/theirs/letter.txt"
  check "a folder with somebody's files" refuses 2 --out "$work/theirs"
  check "and these are untouched" [ "$(ls -A "$work/theirs")" = letter.txt ]
}

# ---- a day that is left alone, and the same day killed three times
undisturbed() {
  day calm "$seed" "$baskets" "$catalogue"
  check "a day comes through, exit code $?" balances calm "$receipts"
  check "fsck finds it whole" fsck_says 0 "$work/calm"
  check "another seed is not sold into it" day_refuses calm $((seed + 1))
}
day_refuses() { day "$1" "$2" "$baskets" "$catalogue"; [ $? = 2 ] && grep -q 'another day' "$work/$1.err"; }
fsck_says() { # fsck_says CODE ARGUMENT...
  local code=$1; shift
  timeout 60 "$etal" fsck "$@" >"$work/fsck.out" 2>"$work/fsck.err"
  local got=$?
  [ "$got" = "$code" ] && return
  echo "  exit code $got, expected $code"; tail -n 4 "$work/fsck.out" "$work/fsck.err" | sed 's/^/  /'; return 1
}
killed() {
  local first=$((1 + RANDOM % 15)) second=$((25 + RANDOM % 25)) stall=$((1 + RANDOM % 8)) begin=$SECONDS
  local dir=$work/killed log=$work/killed.err
  "$etal" demo --day --seed "$seed" --baskets "$baskets" --catalogue "$catalogue" --out "$dir" >"$work/killed.out" 2>"$log" &
  running=$!
  check "cards are made" wait_for "$log" '/personalised/' 60
  "$etal" demo --day --seed "$seed" --baskets "$baskets" --catalogue "$catalogue" --out "$dir" >"$work/twice.out" 2>"$work/twice.err"
  check "a second run on the same folder gives way" [ $? = 3 ]
  check "the market opens" wait_for "$log" '/market is open/' 120
  # shellcheck disable=SC2016
  check "$first baskets are sold" wait_for "$log" '/ baskets sold/ && $3 >= '"$first" 60
  check "the hub's plug is pulled" kill_node "$dir" hub.yaml
  check "the plug of stall $stall is pulled" kill_node "$dir" "/t$stall/"
  # shellcheck disable=SC2016
  check "$second baskets are sold" wait_for "$log" '/ baskets sold/ && $3 >= '"$second" 60
  check "the market itself is killed" kill -9 "$running"
  wait "$running" 2>/dev/null; running=
  check "it leaves no process behind" none_left "$dir"
  day killed "$seed" "$baskets" "$catalogue"
  check "started again it comes through, exit code $?, after $((SECONDS - begin)) seconds" balances killed "$receipts"
  check "with the totals of the day that was left alone" same_totals calm killed
  check "fsck finds it whole, too" fsck_says 0 "$dir"
  check "no process is left behind" none_left "$dir"
}

# ---- damage to what the day left
copy_calm() { rm -rf "$work/hurt"; cp -a "$work/calm" "$work/hurt"; }
flip() { # flip FILE: one bit somewhere
  perl -e 'my ($f, $r) = @ARGV; open(my $h, "+<:raw", $f) or die; local $/; my $b = <$h>;
    my $at = $r % length($b); my $bit = 1 << ($r >> 8) % 8; substr($b, $at, 1) = chr(ord(substr($b, $at, 1)) ^ $bit);
    seek($h, 0, 0); print $h $b; close($h) or die' "$1" $((RANDOM * 32768 + RANDOM))
}
forget_tail() { # forget_tail FILE: rewrites a ledger without acknowledgements and without its last four entries
  perl -e '
    my $f = shift; open(my $h, "<:raw", $f) or die; local $/; our $b = <$h>; our $at = 0; my (@kept, @entries);
    sub item {
      my $head = ord(substr($b, $at++, 1)); my ($major, $n) = ($head >> 5, $head & 31);
      if ($n >= 24) { my $width = 1 << $n - 24; my $v = 0; $v = $v << 8 | ord($_) for split //, substr($b, $at, $width); $at += $width; $n = $v }
      if ($major == 2 || $major == 3) { $at += $n }
      elsif ($major == 4 || $major == 5) { item() for 1 .. $n * ($major - 3) }
      elsif ($major == 6) { item() }
    }
    while ($at < length $b) {
      my $from = $at; item(); my $bytes = substr($b, $from, $at - $from);
      if (ord($bytes) >> 5 == 2) { push @kept, $bytes } elsif (substr($bytes, 0, 80) !~ m{etal/checkpoint}) { push @entries, $bytes }
    }
    @entries > 8 or die; splice @entries, -4;
    open($h, ">:raw", $f) or die; print $h @kept, @entries; close($h) or die' "$1"
}
names_damage() { fsck_says 1 "$1" && grep -Eq "^$2 damaged: entry [0-9]+, .+" "$work/fsck.out"; }
damage() {
  local round file
  for round in 1 2 3; do
    copy_calm
    file=$(find "$work/hurt/ledgers" -name '*.etal' | sort | sed -n "$((1 + RANDOM % 8))p")
    flip "$file"
    check "a flipped bit in $(basename "$file") is named, round $round" names_damage "$work/hurt/ledgers" "$(basename "$file" .etal)"
  done
  copy_calm
  # The stall whose newest sale has a receipt: the only paper that can tell on a tail cut off with its acknowledgements.
  local id
  id=$(cd "$work/hurt/receipts" && printf '%s\n' *.escpos | sed -E 's/-([0-9]+)\.escpos$/ \1/' | sort -k2,2n | tail -n 1 | cut -d ' ' -f 1)
  rm -rf "$work/hurt/terminals" "$work/hurt/hub"
  check "a tail of $id is cut off" forget_tail "$work/hurt/ledgers/$id.etal"
  check "without a receipt that cannot be seen" fsck_says 0 "$work/hurt/ledgers"
  check "and fsck says so" grep -q 'could not be seen' "$work/fsck.out"
  check "with the receipts it is named" names_damage "$work/hurt" "$id"
}

# ---- real receipts, where they are at hand
real_receipts() {
  local from=${ETAL_DATA:-$top/../shared/data}
  if [ ! -r "$from/groceries-baskets.csv" ] || [ ! -r "$from/groceries-catalogue.csv" ]; then
    echo "not run: a day of real receipts, because ETAL_DATA (by default ../shared/data) holds no groceries-baskets.csv"
    return
  fi
  head -n 200 "$from/groceries-baskets.csv" >"$work/real.csv"
  day real "$seed" "$work/real.csv" "$from/groceries-catalogue.csv"
  check "200 real receipts come through, exit code $?" balances real 200
  check "fsck finds them whole" fsck_says 0 "$work/real"
}

"$etal" fsck >/dev/null 2>&1 </dev/null # builds what has changed, before anything is timed
bad_input
undisturbed
killed
damage
real_receipts
check "nowhere a stack trace" no_stack_trace
check "no key, ticket or seed in what was logged, said, printed or exported" no_secret_out
printf '%s failures, %s seconds\n' "$failures" "$SECONDS"
[ "$failures" = 0 ]
