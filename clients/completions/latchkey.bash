# bash completion for latchkey
_latchkey() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} word index
  local commands='list get run inject copy add connect disconnect quick doctor journal status completion help'
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "$commands --help --version" -- "$current"))
    return
  fi
  if [[ $command == run ]]; then
    for ((index = 2; index < COMP_CWORD; index++)); do
      [[ ${COMP_WORDS[index]} == -- ]] || continue
      _latchkey_program $((index + 1))
      return
    done
  fi
  case $previous in
    --env-file | --in | --out | -i | -o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
    -f) [[ $command == run ]] && { compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return; } ;;
    -e | --env | -k | --key) return ;;
  esac
  if [[ $current == -* ]]; then
    case $command in
      list) word='--account --references --json --no-start' ;;
      get) word='--no-newline --no-start' ;;
      run) word='--env --env-file --no-mask --no-start --' ;;
      inject) word='--in --out --force --no-start' ;;
      copy | add | quick) word='--no-start' ;;
      connect) word='--list' ;;
      doctor) word='--json --no-start' ;;
      journal) word='--key --json' ;;
      status) word='--json' ;;
    esac
    COMPREPLY=($(compgen -W "$word --help" -- "$current"))
    return
  fi
  case $command in
    get | copy) COMPREPLY=($(compgen -W "$(_latchkey_keys)" -- "$current")) ;;
    journal)
      ((COMP_CWORD == 2)) && { COMPREPLY=($(compgen -W 'verify' -- "$current")); return; }
      compopt -o filenames
      COMPREPLY=($(compgen -f -- "$current"))
      ;;
    connect | disconnect) COMPREPLY=($(compgen -W 'git' -- "$current")) ;;
    completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$current")) ;;
    help) COMPREPLY=($(compgen -W "$commands" -- "$current")) ;;
  esac
}

# Completes names and ids only. Other text is filtered out, because compgen -W executes command substitutions in its words.
_latchkey_keys() {
  latchkey list --references --no-start 2>/dev/null | sed 's|.*/||' | grep -xE '[A-Za-z0-9_-]{1,64}'
}

_latchkey_program() {
  if ((COMP_CWORD == $1)); then
    COMPREPLY=($(compgen -c -- "${COMP_WORDS[COMP_CWORD]}"))
  else
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
  fi
}

complete -F _latchkey latchkey
