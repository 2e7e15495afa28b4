import type { KeychainTrouble } from '../../../../../shared/lists/keychain.ts'
import type { Step } from './steps.ts'

const look: Step = { text: 'See whether the Credential Manager service is running. In PowerShell:', command: 'Get-Service VaultSvc' }
const start: Step = {
  text: 'If it is not, start it. In PowerShell as an administrator:',
  command: 'Set-Service VaultSvc -StartupType Manual; Start-Service VaultSvc',
}
const signInAgain: Step = { text: 'Sign out of Windows and in again.' }

export const windowsSteps: Record<KeychainTrouble, readonly Step[]> = {
  'library-missing': [{ text: 'Install Latchkey again over the one that is here. Your vault stays as it is.' }],
  'no-bus': [look, start],
  'no-service': [look, start],
  'no-collection': [look, start, signInAgain],
  locked: [{ text: 'Windows opens your credentials when you sign in. Sign out, and in again with your password or PIN.' }],
  denied: [
    {
      text: 'See whether a policy forbids stored credentials: 0x1 means that it does. Your administrator can lift it.',
      command: 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v DisableDomainCreds',
    },
    look,
  ],
  died: [look, start],
  timeout: [{ text: 'Start the service anew. In PowerShell as an administrator:', command: 'Restart-Service VaultSvc' }, signInAgain],
}

export const windowsRestore: readonly Step[] = [
  {
    text: 'If you have a backup of your credentials: quit Latchkey, open Credential Manager, choose Windows Credentials, then Restore Credentials.',
    command: 'control /name Microsoft.CredentialManager',
  },
]
