/** How a value was used, and what an approval allows. */
export const uses = {
  lines: {
    /** Followed by the name of the program or site. */
    given: {
      reveal: 'Shown to',
      copy: 'Copied for',
      verify: 'Verified for',
      'sign-in': 'Signed in for',
      type: 'Typed into',
      fill: 'Filled in at',
      get: 'Printed for',
      run: 'Given to a command run in',
      inject: 'Put into a text for',
      login: 'Given to log in, to',
      export: 'Exported for',
    },
    /** Done by the user. */
    done: {
      reveal: 'Shown in Latchkey',
      copy: 'Copied from Latchkey',
      verify: 'Verified by a login',
      'sign-in': 'Signed in with, in Latchkey',
      type: 'Typed by Latchkey',
      fill: 'Filled in by Latchkey',
      get: 'Printed by Latchkey',
      run: 'Given to a command by Latchkey',
      inject: 'Put into a text by Latchkey',
      login: 'Used for a login by Latchkey',
      export: 'Exported to a file, in clear',
    },
    /** Followed by a browser or a folder. */
    place: 'in',
    /** Followed by the start time. */
    process: (pid: number) => `process ${pid}, started`,
    /** Followed by a program. */
    startedBy: 'by',
  },
  approvals: {
    title: 'Approvals',
    about: 'These get a key’s value without asking you again. Once revoked, they ask.',
    may: {
      reveal: (key: string, account: string) => `May show ${key} of ${account}`,
      copy: (key: string, account: string) => `May copy ${key} of ${account}`,
      verify: (key: string, account: string) => `May verify ${key} of ${account}`,
      'sign-in': (key: string, account: string) => `May sign in with ${key} of ${account}`,
      type: (key: string, account: string) => `May have ${key} of ${account} typed in`,
      fill: (key: string, account: string) => `May be filled in with ${key} of ${account}`,
      get: (key: string, account: string) => `May print ${key} of ${account}`,
      run: (key: string, account: string) => `May run commands with ${key} of ${account}`,
      inject: (key: string, account: string) => `May put ${key} of ${account} into texts`,
      login: (key: string, account: string) => `May log in with ${key} of ${account}`,
      export: (key: string, account: string) => `May export ${key} of ${account}`,
    },
    always: 'Always',
    until: (time: string) => `Until ${time}`,
    revoke: 'Revoke',
    revokeIt: (party: string, key: string) => `Revoke: ${party}, ${key}`,
    revoked: (party: string) => `Revoked: ${party}`,
    allRevoked: 'All approvals revoked',
    none: 'Nothing is approved in advance. When a site or a program wants a key, Latchkey asks you, and you can let a site have that key for a while or always, and a program for a while. Those choices are listed here.',
    revokeAll: 'Revoke all',
  },
}
