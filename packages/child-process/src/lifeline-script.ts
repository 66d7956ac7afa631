// What the lifeline runs, in the shell of POSIX alone. It reads one line per process or group that is there
// ("+ pid g|p start") or is over ("- pid"); when there is nothing more to read, its host is gone, in whatever way, and
// what is left is asked to end, and killed 2 s later. A number that belongs to another process by then, which the start
// time shows, is not touched. The number of a group stays taken while it has a member, so a leader that is gone says
// nothing against its group.
//
// `born` says in $t when the process $1 was started, and nothing if there is none. `hit` sends the signal $1 to all that
// are left, and says in $left whether there is anybody.

export const LIFELINE_SCRIPT = `
unset SCRIPT
trap '' HUP INT QUIT TERM PIPE
all=' '

born() {
  t=
  if [ -r /proc/self/stat ]; then
    s=
    while IFS= read -r line || [ -n "$line" ]; do s="$s $line"; done 2>/dev/null <"/proc/$1/stat" || return 0
    s=\${s##*) }
    set -- $s
    [ $# -ge 20 ] || return 0
    shift 19
    t=$1
  else
    t=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' :' '__')
  fi
}

hit() {
  left=
  for one in $all; do
    pid=\${one%%:*} rest=\${one#*:}
    to=\${rest%%:*} start=\${rest#*:}
    born "$pid"
    [ -z "$t" ] || [ "$t" = "$start" ] || continue
    if [ "$to" = g ]; then who=-$pid; elif [ -n "$t" ]; then who=$pid; else continue; fi
    kill -s "$1" -- "$who" 2>/dev/null && left=yes
  done
}

while read -r word pid to start; do
  case $word in
    +)
      if [ "$start" = - ]; then born "$pid"; start=$t; fi
      all="$all$pid:$to:$start "
      ;;
    -)
      case $all in
        *" $pid:"*)
          tail=\${all#*" $pid:"}
          all="\${all%%" $pid:"*} \${tail#* }"
          ;;
      esac
      ;;
  esac
done

hit TERM
hit CONT
tenths=0
while [ "$tenths" -lt 20 ]; do
  hit 0
  [ -n "$left" ] || exit 0
  if sleep 0.1 2>/dev/null; then tenths=$((tenths + 1)); else sleep 1; tenths=$((tenths + 10)); fi
done
hit KILL
`;
