import type { Desktop, KeychainTrouble } from '../../../../../shared/lists/keychain.ts'
import type { Step } from './steps.ts'

type LinuxDesktop = Exclude<Desktop, 'macos' | 'windows'>

/** The packages to install, by their names in each family of distributions. */
function install(apt: string, dnf: string, pacman: string): Step[] {
  return [
    { text: 'Install it. On Debian, Ubuntu or Mint:', command: `sudo apt install ${apt}` },
    { text: 'On Fedora:', command: `sudo dnf install ${dnf}` },
    { text: 'On Arch Linux:', command: `sudo pacman -S ${pacman}` },
  ]
}

const signInAgain: Step = { text: 'Sign out of your desktop and in again.' }
const keyringPackages = install('gnome-keyring libpam-gnome-keyring', 'gnome-keyring gnome-keyring-pam', 'gnome-keyring')

// The password is typed without echo and piped by a shell builtin, so that it appears in no history and no process list. `--replace`,
// because a second daemon beside a running one unlocks nothing.
const unlockCommand =
  'read -rs -p \'Keyring password: \' p && printf %s "$p" | gnome-keyring-daemon --replace --unlock --components=secrets; unset p'
const unlockHeadless: Step = {
  text: 'Open the keyring in the shell that Latchkey is started from. It asks for the keyring’s password; the first time, this chooses it.',
  command: unlockCommand,
}
const shellWithBus: Step = { text: 'Start a shell with a bus of its own:', command: 'dbus-run-session -- bash' }
const fromThatShell: Step = { text: 'Open Latchkey from that shell. The keyring can be reached as long as the shell is open.' }

/** Programs keep using the instance of the service that they first connected to, so they have to be restarted after it. */
const openAgain: Step = { text: 'Close Latchkey and open it again: it still asks the one that ran before.' }
const openSeahorse: Step = {
  text: 'Open Passwords and Keys, right-click the keyring called Login, and choose Unlock.',
  command: 'seahorse',
}
const openWallet: Step = { text: 'Open KDE Wallet Manager from the application menu, choose your wallet, and press Open.' }
const startKeyring: Step = { text: 'Start it:', command: 'gnome-keyring-daemon --start --components=secrets' }
const startWallet: Step[] = [
  { text: 'Start it. On Plasma 6:', command: 'kwalletd6 &' },
  { text: 'On Plasma 5:', command: 'kwalletd5 &' },
]

/** Steps by desktop. `gnome` also stands for desktops without an entry, because these use GNOME Keyring. */
type Steps = { readonly gnome: readonly Step[]; readonly kde: readonly Step[]; readonly none: readonly Step[] } & {
  readonly [D in 'xfce' | 'other']?: readonly Step[]
}

const notAsRoot: Step = {
  text: 'If Latchkey was opened with sudo or as another user: close it, and open it as yourself from the desktop’s menu.',
}

const steps: Record<KeychainTrouble, Steps> = {
  'library-missing': everywhere(install('libsecret-1-0', 'libsecret', 'libsecret')),
  'no-bus': {
    gnome: [notAsRoot, { text: 'Otherwise sign out of your desktop and in again: it starts a bus.' }],
    kde: [notAsRoot, { text: 'Otherwise sign out of your desktop and in again: it starts a bus.' }],
    xfce: [notAsRoot, { text: 'If you start Xfce yourself, start it with a bus:', command: 'dbus-run-session -- startxfce4' }],
    other: [notAsRoot, { text: 'If you start your desktop yourself, put this before its command:', command: 'dbus-run-session --' }],
    none: [
      ...install('dbus gnome-keyring', 'dbus-daemon gnome-keyring', 'dbus gnome-keyring'),
      shellWithBus,
      unlockHeadless,
      fromThatShell,
    ],
  },
  'no-service': {
    gnome: [...keyringPackages, startKeyring, signInAgain],
    kde: [
      { text: 'In System Settings, open KDE Wallet and turn on “Enable the KDE wallet subsystem”.' },
      {
        text: 'Let it answer other programs too. On Plasma 6:',
        command: 'kwriteconfig6 --file kwalletrc --group org.freedesktop.secrets --key apiEnabled true',
      },
      {
        text: 'On Plasma 5, which needs KDE Frameworks 5.97 or newer for this:',
        command: 'kwriteconfig5 --file kwalletrc --group org.freedesktop.secrets --key apiEnabled true',
      },
      signInAgain,
    ],
    xfce: [
      ...keyringPackages,
      { text: 'In Settings, open Session and Startup, then Advanced, and turn on “Launch GNOME services on startup”.' },
      { text: 'Sign out of your desktop and in again: the keyring opens with your sign-in password.' },
    ],
    other: [
      ...keyringPackages,
      {
        text: 'Put this line into the file that your desktop runs at its start, such as ~/.xprofile:',
        command: 'gnome-keyring-daemon --start --components=secrets',
      },
      { text: 'Sign out of your desktop and in again: the keyring opens with your sign-in password.' },
    ],
    none: [...install('gnome-keyring', 'gnome-keyring', 'gnome-keyring'), unlockHeadless, fromThatShell],
  },
  'no-collection': {
    gnome: [
      {
        text: 'Open Passwords and Keys. Press +, choose Password keyring, call it Login, and give it the password you sign in with.',
        command: 'seahorse',
      },
      { text: 'Right-click the new keyring and choose Set as default.' },
    ],
    kde: [{ text: 'In System Settings, open KDE Wallet. Beside “Select wallet to use as default” press New, and call it kdewallet.' }],
    none: [unlockHeadless, fromThatShell],
  },
  locked: {
    gnome: [
      openSeahorse,
      {
        text: 'If it is locked after every sign-in: right-click Login, choose Change Password, and give it the password you sign in with.',
      },
    ],
    kde: [
      openWallet,
      {
        text: 'If it is locked after every sign-in: give the wallet the password you sign in with, and install the package kwallet-pam (on Debian and Ubuntu libpam-kwallet5).',
      },
    ],
    none: [unlockHeadless, openAgain],
  },
  denied: {
    gnome: [{ text: 'Check again, and allow Latchkey when the keyring asks.' }, openSeahorse],
    kde: [
      { text: 'Check again, and allow Latchkey when KDE Wallet asks.' },
      { text: 'If it does not ask: in System Settings, open KDE Wallet, then Access Control, and remove the entry that denies Latchkey.' },
    ],
    none: [{ text: 'Without a desktop nothing can ask you. Unlock the keyring first:', command: unlockCommand }, openAgain],
  },
  died: {
    gnome: [startKeyring, openAgain, { text: 'If it stops again, its log says why:', command: 'journalctl --user -b | grep -i keyring' }],
    kde: [
      ...startWallet,
      openAgain,
      { text: 'If it stops again, its log says why:', command: "journalctl --user -b | grep -iE 'kwallet|ksecretd'" },
    ],
    none: [unlockHeadless, openAgain],
  },
  timeout: {
    gnome: [
      { text: 'Look for a window that asks for the keyring’s password, perhaps behind others, and answer it.' },
      { text: 'If there is none: sign out of your desktop and in again.' },
    ],
    kde: [
      { text: 'Look for a window of KDE Wallet that asks for a password, perhaps behind others, and answer it.' },
      { text: 'If there is none: sign out of your desktop and in again.' },
    ],
    none: [{ text: 'Without a desktop nothing can ask you. Unlock the keyring first:', command: unlockCommand }, openAgain],
  },
}

export function linuxSteps(trouble: KeychainTrouble, desktop: LinuxDesktop): readonly Step[] {
  const by = steps[trouble]
  return by[desktop] ?? by.gnome
}

export function linuxRestore(desktop: LinuxDesktop): readonly Step[] {
  const folder = desktop === 'kde' ? '~/.local/share/kwalletd' : '~/.local/share/keyrings'
  return [
    {
      text: `If you have a backup of ${folder}: quit Latchkey, and set what is there now aside.`,
      command: `mv ${folder} ${folder}-before`,
    },
    {
      text: `Put the folder back from the backup, then ${desktop === 'none' ? 'open the keyring again' : 'sign out of your desktop and in again'}.`,
    },
  ]
}

function everywhere(same: readonly Step[]): Steps {
  return { gnome: same, kde: same, none: same }
}
