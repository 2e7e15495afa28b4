#!/bin/sh
# Starts the app in a user namespace of its own: its creator may read the memory of all processes in it, even if they protect it.
exec unshare --user --map-user="$(id -u)" --map-group="$(id -g)" -- "$APP_PROGRAM" "$@"
