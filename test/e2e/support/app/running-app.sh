#!/bin/sh
# Pretends to start an app that runs already: prints where it listens, and ends when it ends.
printf 'Debugger listening on %s\nDevTools listening on %s\n' "$RUNNING_NODE" "$RUNNING_CHROMIUM" >&2
exec tail --pid="$RUNNING_PID" --sleep-interval=0.1 --follow /dev/null
