# fish completion for latchkey
function __latchkey_keys
    latchkey list --references --no-start 2>/dev/null | string replace -r '.*/' ''
end

function __latchkey_in
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv; and not contains -- -- $words
end

complete -c latchkey -f
complete -c latchkey -n __fish_use_subcommand -a list -d 'the keys there are'
complete -c latchkey -n __fish_use_subcommand -a get -d 'print one value'
complete -c latchkey -n __fish_use_subcommand -a run -d 'run a program with values in its environment'
complete -c latchkey -n __fish_use_subcommand -a inject -d 'put values in the place of references in a text'
complete -c latchkey -n __fish_use_subcommand -a copy -d 'copy one value to the clipboard'
complete -c latchkey -n __fish_use_subcommand -a add -d 'store a value'
complete -c latchkey -n __fish_use_subcommand -a connect -d 'have git ask Latchkey for logins'
complete -c latchkey -n __fish_use_subcommand -a disconnect -d 'take that back'
complete -c latchkey -n __fish_use_subcommand -a quick -d 'open the quick palette'
complete -c latchkey -n __fish_use_subcommand -a doctor -d 'what is wrong with the keychain, and what to do'
complete -c latchkey -n __fish_use_subcommand -a journal -d 'verify an exported journal'
complete -c latchkey -n __fish_use_subcommand -a status -d 'whether Latchkey runs, and its vault is open'
complete -c latchkey -n __fish_use_subcommand -a completion -d 'completions for bash, zsh or fish'
complete -c latchkey -n __fish_use_subcommand -a help -d 'help for a command'
complete -c latchkey -n __fish_use_subcommand -l version -d 'the version'
complete -c latchkey -l help -s h -d 'help'
complete -c latchkey -n '__latchkey_in list get run inject copy add quick doctor' -l no-start -d 'do not start Latchkey'
complete -c latchkey -n '__latchkey_in list doctor journal status' -l json -d 'as JSON'
complete -c latchkey -n '__latchkey_in list' -l account -s a -x -d 'only the keys of this account'
complete -c latchkey -n '__latchkey_in list' -l references -s r -d 'as references'
complete -c latchkey -n '__latchkey_in get' -l no-newline -s n -d 'no line end'
complete -c latchkey -n '__latchkey_in get copy' -a '(__latchkey_keys)'
complete -c latchkey -n '__latchkey_in run' -l env -s e -x -d 'NAME=KEY'
complete -c latchkey -n '__latchkey_in run' -l env-file -s f -r -F -d 'set the variables of a file'
complete -c latchkey -n '__latchkey_in run' -l no-mask -d 'leave the output as it is'
complete -c latchkey -n '__latchkey_in inject' -l in -s i -r -F -d 'the text'
complete -c latchkey -n '__latchkey_in inject' -l out -s o -r -F -d 'where it goes'
complete -c latchkey -n '__latchkey_in inject' -l force -s f -d 'replace the file'
complete -c latchkey -n '__latchkey_in journal' -l key -s k -x -d 'the vault’s key'
complete -c latchkey -n '__latchkey_in journal; and not __fish_seen_subcommand_from verify' -a verify
complete -c latchkey -n '__latchkey_in journal; and __fish_seen_subcommand_from verify' -F
complete -c latchkey -n '__latchkey_in connect disconnect' -a git
complete -c latchkey -n '__latchkey_in connect' -l list -d 'what is connected'
complete -c latchkey -n '__latchkey_in completion' -a 'bash zsh fish'
complete -c latchkey -n '__latchkey_in help' -a 'list get run inject copy add connect disconnect quick doctor journal status completion'
