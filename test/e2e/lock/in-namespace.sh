#!/bin/sh
# Starts the app in a user namespace of its own: whoever made it may read the memory of all that is in it, whether that is closed or not.
exec unshare --user --map-user="$(id -u)" --map-group="$(id -g)" -- "$APP_PROGRAM" "$@"
